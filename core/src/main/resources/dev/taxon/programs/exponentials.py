# Attention in bf16 on the CPU without the shift by the largest score that a softmax begins with: products, powers of two
# and sums over whole batches, which take about half of the time of libtorch's fused attention there. Powers of two
# have the range of single precision, which scores of trained models stay far within; a row that leaves it is
# found by its sums and computed with the shift.


def serve(query: Tensor) -> bool:
  return ops.prim.dtype(query) == 15 and not ops.prim.is_cuda(query) and not ops.prim.requires_grad(query)


# Scores are taken to powers of two instead of e, so whatever makes them is scaled by this first.
def binary_scale(scale: float) -> float:
  return torch.mul(scale, 1.4426950408889634)


# Of queries [n, A, W, D] over keys and values [n, A, L, D]: [n, A, W, D]. Scores are products times a scale, to which is
# added what is for all rows [W, L] or has four dimensions, too; what is minus infinity takes a key away. Rows are
# counted along the given dimension, so that heads may stand first.
def attend(query: Tensor,
    key: Tensor,
    value: Tensor,
    added: Optional[Tensor],
    scale: float,
    dimension: int) -> Tensor:
  scores = __torch__.exponentials.scores_of(query, key, added, scale)
  powers = torch.exp2_(scores)
  totals = torch.sum(powers, [-1], True)
  context = torch.div_(torch.bmm(powers, torch.flatten(value, 0, 1)), totals)
  context = torch.view(context, torch.size(query))
  totals = torch.view(totals, [torch.size(query, 0), torch.size(query, 1), torch.size(query, 2), 1])
  if not __torch__.exponentials.within(totals):
    context = __torch__.exponentials.repaired(context, totals, query, key, value, added, scale, dimension)
  return context


# Scaled, and a mask added to, in the product itself: [n * A, W, L]. What has four dimensions is as large as the scores, of
# which a product would make a copy first.
def scores_of(query: Tensor,
    key: Tensor,
    added: Optional[Tensor],
    scale: float) -> Tensor:
  queries = torch.flatten(query, 0, 1)
  keys = torch.transpose(torch.flatten(key, 0, 1), 1, 2)
  mask = torch.new_empty(query, [1, 1, 1])
  beta = 0
  if added is not None:
    if torch.dim(added) == 2:
      mask = added
      beta = 1
  scores = torch.baddbmm(mask, queries, keys, beta=beta, alpha=scale)
  if added is not None:
    if torch.dim(added) == 4:
      sizes = [torch.size(query, 0), torch.size(query, 1), torch.size(query, 2), torch.size(key, 2)]
      _0 = torch.add_(torch.view(scores, sizes), added)
  return scores


# Whether sums of powers are numbers that lose nothing: neither too large nor so small that parts of them were nothing.
def within(totals: Tensor) -> bool:
  least, most, = torch.aminmax(totals)
  return float(least) > 1.0e-25 and float(most) < 1.0e25


# Whether sums have left that range; sums that are no numbers tell of inputs that are none, which stay so.
def lost(totals: Tensor) -> bool:
  least, most, = torch.aminmax(totals)
  return bool(torch.logical_or(torch.le(least, 1.0e-25), torch.ge(most, 1.0e25)))


# The same, with rows that lost something computed anew, each apart: rows do not depend on others.
def repaired(context: Tensor,
    totals: Tensor,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    added: Optional[Tensor],
    scale: float,
    dimension: int) -> Tensor:
  natural = torch.mul(scale, 0.6931471805599453)
  for row in range(torch.size(query, dimension)):
    if __torch__.exponentials.lost(torch.select(totals, dimension, row)):
      own = torch.scaled_dot_product_attention(torch.narrow(query, dimension, row, 1),
        torch.narrow(key, dimension, row, 1), torch.narrow(value, dimension, row, 1),
        __torch__.exponentials.natural(added, row, dimension), 0., False, scale=natural)
      _0 = torch.copy_(torch.narrow(context, dimension, row, 1), own)
  return context


# What is added to a row's scores, for powers of e: times the natural logarithm of two.
def natural(added: Optional[Tensor],
    row: int,
    dimension: int) -> Optional[Tensor]:
  own = added
  if added is not None:
    own = torch.mul(__torch__.exponentials.of_rows(added, row, 1, dimension), 0.6931471805599453)
  return own


def of_rows(added: Tensor,
    first: int,
    rows: int,
    dimension: int) -> Tensor:
  own = added
  if torch.dim(added) == 4:
    own = torch.narrow(added, dimension, first, rows)
  return own
