# What stands on the encoder: projectors and scorers (arXiv 2508.07662, section 3.2). B rows; M labels of
# all rows, each with the number of its row [M].


class Projector(NamedTuple):
  first : __torch__.bert.Linear
  second : __torch__.bert.Linear


class Perceptron(NamedTuple):
  first : __torch__.bert.Linear
  second : __torch__.bert.Linear
  third : __torch__.bert.Linear


def projector_of(weights: Dict[str, Tensor],
    name: str) -> __torch__.heads.Projector:
  first = __torch__.bert.linear_of(weights, torch.add(name, ".linear_1"), 6)
  second = __torch__.bert.linear_of(weights, torch.add(name, ".linear_2"), 6)
  return __torch__.heads.Projector(first, second)


def perceptron_of(weights: Dict[str, Tensor]) -> __torch__.heads.Perceptron:
  first = __torch__.bert.linear_of(weights, "model.scorer.mlp.0", 6)
  second = __torch__.bert.linear_of(weights, "model.scorer.mlp.2", 6)
  third = __torch__.bert.linear_of(weights, "model.scorer.mlp.4", 6)
  return __torch__.heads.Perceptron(first, second, third)


def project(x: Tensor,
    projector: __torch__.heads.Projector) -> Tensor:
  raised = torch.gelu(torch.linear(x, projector.first.weight, projector.first.bias))
  return torch.linear(raised, projector.second.weight, projector.second.bias)


def normalize(x: Tensor) -> Tensor:
  return torch.div(x, torch.clamp_min(torch.norm(x, 2, [-1], True), 1.0e-12))


# Dot product of each label [M, H] with its row's text [B, H]: [M].
def dot(text: Tensor,
    labels: Tensor,
    rows: Tensor) -> Tensor:
  return torch.sum(torch.mul(torch.index_select(text, 0, rows), labels), [-1])


# A perceptron over (text, label): the first product is split, so that the text's half is computed once a row.
def perceive(text: Tensor,
    labels: Tensor,
    rows: Tensor,
    perceptron: __torch__.heads.Perceptron) -> Tensor:
  size = torch.size(text, 1)
  text_weight, label_weight, = torch.split_with_sizes(perceptron.first.weight, [size, size], 1)
  text_part = torch.index_select(torch.linear(text, text_weight, perceptron.first.bias), 0, rows)
  first = torch.relu(torch.add(torch.linear(labels, label_weight, None), text_part))
  second = torch.relu(torch.linear(first, perceptron.second.weight, perceptron.second.bias))
  return torch.squeeze(torch.linear(second, perceptron.third.weight, perceptron.third.bias), 1)


# Means [count, H] of the states [S, H] that carry each number [S]; a number that none carries gives zeros.
def means(states: Tensor,
    numbers: Tensor,
    count: int) -> Tensor:
  size = torch.size(states, 1)
  sums = torch.index_add(torch.zeros([count, size], dtype=6), 0, numbers, states)
  ones = torch.ones([torch.size(states, 0)], dtype=6)
  counts = torch.index_add(torch.zeros([count], dtype=6), 0, numbers, ones)
  return torch.div(sums, torch.unsqueeze(torch.clamp_min(counts, 1.), 1))
