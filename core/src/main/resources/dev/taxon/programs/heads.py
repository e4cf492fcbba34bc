# What stands on the encoder: projectors and scorers (arXiv 2508.07662, section 3.2). B rows; M labels of
# all rows, each with the number of its row [M].


class Projector(NamedTuple):
  first : __torch__.linear.Linear
  second : __torch__.linear.Linear


class Perceptron(NamedTuple):
  first : __torch__.linear.Linear
  second : __torch__.linear.Linear
  third : __torch__.linear.Linear


def projector_of(source: __torch__.linear.Source,
    name: str) -> __torch__.heads.Projector:
  first = __torch__.linear.linear_of(source, torch.add(name, ".linear_1"), 6)
  second = __torch__.linear.linear_of(source, torch.add(name, ".linear_2"), 6)
  return __torch__.heads.Projector(first, second)


def perceptron_of(source: __torch__.linear.Source,
    name: str) -> __torch__.heads.Perceptron:
  first = __torch__.linear.linear_of(source, torch.add(name, ".0"), 6)
  second = __torch__.linear.linear_of(source, torch.add(name, ".2"), 6)
  third = __torch__.linear.linear_of(source, torch.add(name, ".4"), 6)
  return __torch__.heads.Perceptron(first, second, third)


def project(x: Tensor,
    projector: __torch__.heads.Projector,
    lora: List[__torch__.lora.Group]) -> Tensor:
  return __torch__.linear.apply(__torch__.linear.apply_gelu(x, projector.first, lora), projector.second, lora)


def normalize(x: Tensor) -> Tensor:
  return torch.div(x, torch.clamp_min(torch.norm(x, 2, [-1], True), 1.0e-12))


# Dot product of each label [M, H] with its row's text [B, H]: [M].
def dot(text: Tensor,
    labels: Tensor,
    rows: Tensor) -> Tensor:
  return torch.sum(torch.mul(torch.index_select(text, 0, rows), labels), [-1])


# A perceptron over (text, label) [M, 2 * H].
def perceive(text: Tensor,
    labels: Tensor,
    rows: Tensor,
    perceptron: __torch__.heads.Perceptron,
    lora: List[__torch__.lora.Group]) -> Tensor:
  pairs = torch.cat([torch.index_select(text, 0, rows), labels], 1)
  first = torch.relu(__torch__.linear.apply(pairs, perceptron.first, lora))
  second = torch.relu(__torch__.linear.apply(first, perceptron.second, lora))
  return torch.squeeze(__torch__.linear.apply(second, perceptron.third, lora), 1)


# Means [count, H] of the states [S, H] that carry each number [S]; a number that none carries gives zeros.
def means(states: Tensor,
    numbers: Tensor,
    count: int) -> Tensor:
  size = torch.size(states, 1)
  sums = torch.index_add(torch.zeros([count, size], dtype=6), 0, numbers, states)
  ones = torch.ones([torch.size(states, 0)], dtype=6)
  counts = torch.index_add(torch.zeros([count], dtype=6), 0, numbers, ones)
  return torch.div(sums, torch.unsqueeze(torch.clamp_min(counts, 1.), 1))
