# What stands on the encoder: projectors and scorers (arXiv 2508.07662, section 3.2). N labels a row.


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


# Dot product of text [B, H] with each of its labels [B, N, H]: [B, N].
def dot(text: Tensor,
    labels: Tensor) -> Tensor:
  return torch.squeeze(torch.matmul(labels, torch.unsqueeze(text, 2)), 2)


# A perceptron over (text, label): the first product is split, so that the text's half is computed once a row.
def perceive(text: Tensor,
    labels: Tensor,
    perceptron: __torch__.heads.Perceptron) -> Tensor:
  size = torch.size(text, 1)
  text_weight, label_weight, = torch.split_with_sizes(perceptron.first.weight, [size, size], 1)
  text_part = torch.unsqueeze(torch.linear(text, text_weight, perceptron.first.bias), 1)
  first = torch.relu(torch.add(torch.linear(labels, label_weight, None), text_part))
  second = torch.relu(torch.linear(first, perceptron.second.weight, perceptron.second.bias))
  return torch.squeeze(torch.linear(second, perceptron.third.weight, perceptron.third.bias), 2)


# States [B, N, H] at positions [B, N] of hidden [B, L, H].
def states_at(hidden: Tensor,
    positions: Tensor) -> Tensor:
  index = torch.expand(torch.unsqueeze(positions, 2), [-1, -1, torch.size(hidden, 2)])
  return torch.gather(hidden, 1, index)


# Means [B, N, H] over the spans from starts to, not including, ends [B, N]; an empty span gives zeros.
def span_means(hidden: Tensor,
    starts: Tensor,
    ends: Tensor) -> Tensor:
  positions = torch.unsqueeze(torch.unsqueeze(torch.arange(torch.size(hidden, 1)), 0), 0)
  after = torch.ge(positions, torch.unsqueeze(starts, 2))
  before = torch.lt(positions, torch.unsqueeze(ends, 2))
  inside = torch.to(torch.__and__(after, before), ops.prim.dtype(hidden))
  counts = torch.clamp_min(torch.sum(inside, [2], True), 1)
  return torch.div(torch.matmul(inside, hidden), counts)


# Mean [B, H] over each row's own tokens, so that padding never counts.
def row_means(hidden: Tensor,
    lengths: Tensor) -> Tensor:
  starts = torch.unsqueeze(torch.zeros_like(lengths), 1)
  return torch.select(__torch__.heads.span_means(hidden, starts, torch.unsqueeze(lengths, 1)), 1, 0)
