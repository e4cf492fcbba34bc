# What stands on the encoder: projectors, and how features are compared (arXiv 2508.07662, section 3.2). B rows; M labels
# of all rows, each with the number of its row [M].


# Telling is whether the second product is other than zero, as far as is known.
class Projector(NamedTuple):
  first : __torch__.linear.Linear
  second : __torch__.linear.Linear
  telling : bool


def projector_of(source: __torch__.linear.Source,
    name: str) -> __torch__.heads.Projector:
  first = __torch__.linear.linear_of(source, torch.add(name, ".linear_1"), 6)
  second = __torch__.linear.linear_of(source, torch.add(name, ".linear_2"), 6)
  return __torch__.heads.Projector(first, second, True)


# The same projector, of which it is known whether its second product is zero: then nobody need compute it. Not for one
# that is being trained.
def looked_at(projector: __torch__.heads.Projector) -> __torch__.heads.Projector:
  second = projector.second
  telling = bool(torch.any(torch.ne(second.weight, 0)))
  bias = second.bias
  if bias is not None:
    telling = telling or bool(torch.any(torch.ne(bias, 0)))
  return __torch__.heads.Projector(projector.first, second, telling)


# Whether a projector makes anything but zeros, by itself or by some row's adapter.
def tells(projector: __torch__.heads.Projector,
    lora: List[__torch__.lora.Group]) -> bool:
  return projector.telling or torch.len(__torch__.lora.touching(lora, projector.second.targets[0])) > 0


# What x [B, H] is with what a projector makes of it.
def corrected(x: Tensor,
    projector: __torch__.heads.Projector,
    lora: List[__torch__.lora.Group]) -> Tensor:
  y = x
  if __torch__.heads.tells(projector, lora):
    y = torch.add(x, __torch__.heads.project(x, projector, "gelu", lora))
  return y


def project(x: Tensor,
    projector: __torch__.heads.Projector,
    activation: str,
    lora: List[__torch__.lora.Group]) -> Tensor:
  if activation == "gelu":
    raised = __torch__.linear.apply_gelu(x, projector.first, lora)
  else:
    raised = __torch__.heads.activated(__torch__.linear.apply(x, projector.first, lora), activation)
  return __torch__.linear.apply(raised, projector.second, lora)


# The activations that a configuration may name; what is none of these never gets here.
def activated(x: Tensor,
    activation: str) -> Tensor:
  if activation == "gelu_tanh":
    y = torch.gelu(x, approximate="tanh")
  elif activation == "quick_gelu":
    y = torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))
  elif activation == "relu":
    y = torch.relu(x)
  elif activation == "relu2":
    y = torch.square(torch.relu(x))
  elif activation == "relu6":
    y = torch.clamp(x, 0., 6.)
  elif activation == "leaky_relu":
    y = torch.leaky_relu(x, 0.01)
  elif activation == "silu":
    y = torch.silu(x)
  elif activation == "mish":
    y = torch.mish(x)
  elif activation == "sigmoid":
    y = torch.sigmoid(x)
  elif activation == "tanh":
    y = torch.tanh(x)
  else:
    y = x
  return y


def normalize(x: Tensor) -> Tensor:
  return torch.div(x, torch.clamp_min(torch.norm(x, 2, [-1], True), 1.0e-12))


# The same as the reference does it, which moves a short vector a little.
def normalize_softly(x: Tensor) -> Tensor:
  return torch.div(x, torch.add(torch.norm(x, 2, [-1], True), 1.0e-8))


# Dot product of each label [M, H] with its row's text [B, H]: [M].
def dot(text: Tensor,
    labels: Tensor,
    rows: Tensor) -> Tensor:
  return torch.sum(torch.mul(torch.index_select(text, 0, rows), labels), [-1])


# Means [count, H] of the states [S, H] that carry each number [S]; a number that none carries gives zeros.
def means(states: Tensor,
    numbers: Tensor,
    count: int) -> Tensor:
  ones = torch.new_ones(states, [torch.size(states, 0)])
  counts = torch.index_add(torch.new_zeros(states, [count]), 0, numbers, ones)
  return torch.div(__torch__.heads.sums(states, numbers, count), torch.unsqueeze(torch.clamp_min(counts, 1.), 1))


# Sums [count, H] of the states [S, H] that carry each number [S].
def sums(states: Tensor,
    numbers: Tensor,
    count: int) -> Tensor:
  return torch.index_add(torch.new_zeros(states, [count, torch.size(states, 1)]), 0, numbers, states)


# The largest [count, H] of the states [S, H] that carry each number [S].
def largest(states: Tensor,
    numbers: Tensor,
    count: int) -> Tensor:
  places = torch.expand(torch.unsqueeze(numbers, 1), [-1, torch.size(states, 1)])
  empty = torch.new_zeros(states, [count, torch.size(states, 1)])
  return torch.scatter_reduce(empty, 0, places, states, "amax", include_self=False)
