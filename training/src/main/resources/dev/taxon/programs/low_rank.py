# What learns of an adapter: for each linear layer that it changes a down [r, in] and an up [out, r], as PEFT keeps them.


# The layers that it changes, by their numbers among the linear layers of the model, of which there are count, the
# encoder's first; what updates are scaled by (alpha over rank); the type that the encoder runs in.
class Shape(NamedTuple):
  layers : List[int]
  count : int
  encoder_layers : int
  scale : float
  dtype : int


def shape_of(layers: Tensor,
    integers: Dict[str, int],
    scale: float,
    dtype: int) -> __torch__.low_rank.Shape:
  numbers = annotate(List[int], [])
  for index in range(torch.size(layers, 0)):
    _0 = torch.append(numbers, torch.IntImplicit(torch.select(layers, 0, index)))
  return __torch__.low_rank.Shape(numbers, integers["linear_layers"], integers["encoder_targets"], scale, dtype)


# The adapter as the forward pass takes it (lora.Group): down, up and shift of each linear layer in turn, cast to the
# type of their products, so that products run in it and updates do not.
def adapter_of(state: __torch__.adamw.State,
    shape: __torch__.low_rank.Shape) -> List[Tensor]:
  nothing = torch.zeros([0])
  tensors = annotate(List[Tensor], [])
  for number in range(torch.mul(shape.count, 3)):
    _0 = torch.append(tensors, nothing)
  for index in range(torch.len(shape.layers)):
    layer = shape.layers[index]
    working = 6
    if layer < shape.encoder_layers:
      working = shape.dtype
    down = state.parameters[torch.mul(index, 2)]
    up = torch.mul(state.parameters[torch.add(torch.mul(index, 2), 1)], shape.scale)
    _1 = torch._set_item(tensors, torch.mul(layer, 3), torch.to(down, working))
    _2 = torch._set_item(tensors, torch.add(torch.mul(layer, 3), 1), torch.t(torch.to(up, working)))
  return tensors


# Downs and ups in turn: 0 for a down, 1 for an up.
def downs_and_ups(shape: __torch__.low_rank.Shape) -> List[int]:
  groups = annotate(List[int], [])
  for index in range(torch.len(shape.layers)):
    _0 = torch.append(groups, 0)
    _1 = torch.append(groups, 1)
  return groups


# The same parameters by where they are: 0 in the encoder, 1 in what stands on it.
def encoder_and_heads(shape: __torch__.low_rank.Shape) -> List[int]:
  groups = annotate(List[int], [])
  for index in range(torch.len(shape.layers)):
    part = 1
    if shape.layers[index] < shape.encoder_layers:
      part = 0
    _0 = torch.append(groups, part)
    _1 = torch.append(groups, part)
  return groups


# One update from gradients of all parameters, of groups 0 and 1, unless one of them or the loss is not finite. Settings:
# step, rates of both groups, weight decay, largest gradient norm. Gives the gradients' norm [1].
def update(state: __torch__.adamw.State,
    loss: Tensor,
    gradients: List[Tensor],
    groups: List[int],
    settings: Tensor) -> Tensor:
  norm = __torch__.adamw.gradient_norm(gradients)
  if bool(torch.all(torch.isfinite(torch.add(norm, loss)))):
    step = torch.to(torch.select(settings, 0, 0), 6)
    divisor = torch.clamp_min(torch.div(norm, torch.to(torch.select(settings, 0, 4), 6)), 1.)
    decay = torch.FloatImplicit(torch.select(settings, 0, 3))
    for group in range(2):
      rate = torch.FloatImplicit(torch.select(settings, 0, torch.add(group, 1)))
      _1 = __torch__.adamw.update_group(state, gradients, groups, group, step, divisor, rate, decay)
  return norm


# One supervised step on logits [M] of rows of counts labels: see losses.supervised. Settings go on with focal alpha,
# focal gamma, binary weight, softmax weight; the groups are downs and ups. Gives loss, gradient norm and how many rows score a true label highest [3].
def supervise(state: __torch__.adamw.State,
    shape: __torch__.low_rank.Shape,
    scores: Tensor,
    counts: Tensor,
    targets: Tensor,
    single: Tensor,
    settings: Tensor) -> Tensor:
  loss, correct, = __torch__.losses.supervised(scores, counts, targets, single, torch.slice(settings, 0, 5, 9, 1))
  gradients = __torch__.adamw.gradients(state, loss)
  torch.set_grad_enabled(False)
  groups = __torch__.low_rank.downs_and_ups(shape)
  norm = __torch__.low_rank.update(state, torch.detach(loss), gradients, groups, settings)
  return torch.cat([torch.reshape(torch.detach(loss), [1]), norm, torch.reshape(torch.detach(correct), [1])], 0)
