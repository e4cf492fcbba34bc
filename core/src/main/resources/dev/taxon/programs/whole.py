# Products of whole numbers (int8). Weights are scaled column by column and inputs token by token, so that no token's
# result depends on another's; sums are exact.


# A weight as whole numbers: numbers [in, out] times the scale of each column [out] make the weight, of whose inputs
# evened ones are taken: each input times its evener [in].
class Whole(NamedTuple):
  numbers : Tensor
  scales : Tensor
  eveners : Tensor


# Of a weight [out, in] and how far its inputs spread [in], where that is known. Inputs that spread far would leave the
# others few whole numbers: half of their spread is moved into the weights (SmoothQuant, arXiv 2211.10438).
def of(weight: Tensor,
    spread: Optional[Tensor]) -> __torch__.whole.Whole:
  full = torch.to(weight, 6)
  eveners = torch.new_ones(full, [torch.size(full, 1)])
  if spread is not None:
    largest = torch.clamp_min(torch.amax(torch.abs(full), [0]), 1.0e-6)
    eveners = torch.sqrt(torch.div(largest, torch.clamp_min(spread, 1.0e-6)))
  evened = torch.div(full, eveners)
  scales = torch.div(torch.clamp_min(torch.amax(torch.abs(evened), [1]), 1.0e-12), 127.)
  numbers = torch.to(torch.round(torch.div(evened, torch.unsqueeze(scales, 1))), 1)
  return __torch__.whole.Whole(torch.t(torch.contiguous(numbers)), scales, eveners)


# x [T, in] to [T, out] in the type of x, and gelu of it where raised; a number of tokens at a time that stays in the
# cache between the steps.
def product(x: Tensor,
    weight: __torch__.whole.Whole,
    bias: Optional[Tensor],
    raised: bool) -> Tensor:
  tokens = torch.size(x, 0)
  step = 256
  if tokens <= torch.add(step, torch.floordiv(step, 2)):
    y = __torch__.whole.product_at_once(x, weight, bias, raised)
  else:
    parts = annotate(List[Tensor], [])
    for index in range(torch.floordiv(torch.add(tokens, torch.sub(step, 1)), step)):
      first = torch.mul(index, step)
      part = torch.narrow(x, 0, first, ops.prim.min(step, torch.sub(tokens, first)))
      _0 = torch.append(parts, __torch__.whole.product_at_once(part, weight, bias, raised))
    y = torch.cat(parts, 0)
  return y


def product_at_once(x: Tensor,
    weight: __torch__.whole.Whole,
    bias: Optional[Tensor],
    raised: bool) -> Tensor:
  full = torch.mul(x, weight.eveners)
  # Not zero, so that a token of nothing but zeros gives zeros; what is not finite stays so.
  largest = torch.clamp_min(torch.amax(torch.abs(full), [1], True), 1.0e-12)
  numbers = torch.to(torch.round_(torch.mul(full, torch.div(127., largest))), 1)
  sums = torch.to(torch._int_mm(numbers, weight.numbers), 6)
  y = torch.mul_(torch.mul_(sums, torch.div(largest, 127.)), weight.scales)
  if bias is not None:
    y = torch.add_(y, bias)
  if raised:
    y = torch.gelu(y)
  return torch.to(y, ops.prim.dtype(x))
