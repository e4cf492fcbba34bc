# Rotary positions (RoPE, arXiv 2104.09864): a head's numbers, first half and second half, are D / 2 points of a plane,
# each turned by its token's position times a speed of its own. So a product of query and key depends on their distance.


# Of each token, cosines and sines of its angles in single precision: [T, 1, D / 2].
class Angles(NamedTuple):
  cosine : Tensor
  sine : Tensor


# Radians a position: [D / 2].
def speeds(theta: float,
    size: int,
    like: Tensor) -> Tensor:
  exponents = torch.div(torch.arange(0, size, 2, dtype=6, device=ops.prim.device(like)), size)
  return torch.reciprocal(torch.pow(theta, exponents))


def angles_of(positions: Tensor,
    speeds: Tensor) -> __torch__.rotary.Angles:
  angles = torch.unsqueeze(torch.mul(torch.unsqueeze(torch.to(positions, 6), 1), speeds), 1)
  return __torch__.rotary.Angles(torch.cos(angles), torch.sin(angles))


# Those of some tokens, by their places.
def angles_at(angles: __torch__.rotary.Angles,
    places: Tensor) -> __torch__.rotary.Angles:
  return __torch__.rotary.Angles(torch.index_select(angles.cosine, 0, places),
    torch.index_select(angles.sine, 0, places))


# Heads side by side [T, heads * D], turned in single precision, which costs no more than a narrower type.
def turn(x: Tensor,
    angles: __torch__.rotary.Angles) -> Tensor:
  half = torch.size(angles.sine, 2)
  count = torch.floordiv(torch.size(x, 1), torch.mul(half, 2))
  points = torch.to(torch.view(x, [torch.size(x, 0), count, 2, half]), 6)
  turned = torch.mul(points, torch.unsqueeze(angles.cosine, 1))
  _0 = torch.addcmul_(torch.select(turned, 2, 0), torch.select(points, 2, 1), angles.sine, value=-1)
  _1 = torch.addcmul_(torch.select(turned, 2, 1), torch.select(points, 2, 0), angles.sine, value=1)
  return torch.view(torch.to(turned, ops.prim.dtype(x)), [torch.size(x, 0), torch.size(x, 1)])
