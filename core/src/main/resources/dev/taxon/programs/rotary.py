# Rotary positions (RoPE, arXiv 2104.09864): a head's numbers, first half and second half, are D / 2 points of a plane,
# each turned by its token's position times a speed of its own. So a product of query and key depends on their distance.


# Of each position, cosines of its angles, once for each half, and their sines, in single precision: [..., L, D] and
# [..., L, D / 2].
class Angles(NamedTuple):
  cosine : Tensor
  sine : Tensor


# Radians a position: [D / 2].
def speeds(theta: float,
    size: int,
    like: Tensor) -> Tensor:
  exponents = torch.div(torch.arange(0, size, 2, dtype=6, device=ops.prim.device(like)), size)
  return torch.reciprocal(torch.pow(theta, exponents))


# Those of positions from 0 up to, not including, length.
def angles_of(length: int,
    speeds: Tensor) -> __torch__.rotary.Angles:
  positions = torch.arange(length, dtype=6, device=ops.prim.device(speeds))
  angles = torch.mul(torch.unsqueeze(positions, 1), speeds)
  cosine = torch.cos(angles)
  return __torch__.rotary.Angles(torch.cat([cosine, cosine], 1), torch.sin(angles))


# Those of rows of so many tokens.
def angles_until(angles: __torch__.rotary.Angles,
    length: int) -> __torch__.rotary.Angles:
  return __torch__.rotary.Angles(torch.narrow(angles.cosine, 0, 0, length), torch.narrow(angles.sine, 0, 0, length))


# Those of tokens at some positions of their rows [n, W], for all heads: [n, 1, W, ...].
def angles_at(angles: __torch__.rotary.Angles,
    positions: Tensor) -> __torch__.rotary.Angles:
  return __torch__.rotary.Angles(torch.unsqueeze(torch.embedding(angles.cosine, positions), 1),
    torch.unsqueeze(torch.embedding(angles.sine, positions), 1))


# Heads [..., L, D], turned in single precision, which costs no more than a narrower type.
def turn(x: Tensor,
    angles: __torch__.rotary.Angles) -> Tensor:
  half = torch.size(angles.sine, -1)
  # Head by head, so that libtorch multiplies by a whole table at a time.
  points = torch.contiguous(torch.to(x, 6, False, False, 0))
  turned = torch.mul(points, angles.cosine)
  _0 = torch.addcmul_(torch.narrow(turned, -1, 0, half), torch.narrow(points, -1, half, half), angles.sine, value=-1)
  _1 = torch.addcmul_(torch.narrow(turned, -1, half, half), torch.narrow(points, -1, 0, half), angles.sine, value=1)
  return turned
