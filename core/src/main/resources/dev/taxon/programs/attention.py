# Attention of rows of one shape: n rows of L tokens, A heads of D numbers, H = A * D.


# What a window lets through: of tokens reach apart or nearer everything, of others nothing. A slice of the band [rows,
# rows + 2 * reach] is the mask of some queries and the keys from reach before the first of them on.
class Window(NamedTuple):
  reach : int
  band : Tensor


# Longer rows than the band's are read in blocks, which by then costs less than to compute what the mask throws away.
def window_of(reach: int,
    like: Tensor) -> __torch__.attention.Window:
  rows = ops.prim.min(torch.add(torch.mul(reach, 2), 128), 512)
  keys = torch.add(rows, torch.mul(reach, 2))
  query = torch.unsqueeze(torch.arange(rows, dtype=4, device=ops.prim.device(like)), 1)
  key = torch.unsqueeze(torch.arange(keys, dtype=4, device=ops.prim.device(like)), 0)
  distance = torch.abs(torch.sub(torch.add(query, reach), key))
  band = torch.masked_fill(torch.new_zeros(like, [rows, keys]), torch.gt(distance, reach), float("-inf"))
  return __torch__.attention.Window(reach, band)


# [n, L, A * D] to [n, A, L, D].
def split_heads(x: Tensor,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 2), heads)
  return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), heads, size]), 1, 2)


# Parts that stand side by side, such as queries, keys and values: [n, L, parts * A * D] to [parts, n, A, L, D].
def split_parts(x: Tensor,
    parts: int,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 2), torch.mul(parts, heads))
  each = torch.view(x, [torch.size(x, 0), torch.size(x, 1), parts, heads, size])
  return torch.permute(each, [2, 0, 3, 1, 4])


# What attention reads of all rows, in the type that it computes in: under autograd single precision (see attend), to which
# one cast of all is faster than one a row.
def readable(x: Tensor) -> Tensor:
  y = x
  if ops.prim.requires_grad(x):
    y = torch.to(x, 6)
  return y


# Queries [n, W, H] over keys and values [n, L, H] of so many heads: [n, W, H].
def attend_heads(query: Tensor,
    key: Tensor,
    value: Tensor,
    heads: int) -> Tensor:
  return __torch__.attention.attend(__torch__.attention.split_heads(query, heads),
    __torch__.attention.split_heads(key, heads), __torch__.attention.split_heads(value, heads), None)


# Queries [n, A, W, D] over keys and values [n, A, L, D], of which a mask that is added takes some away: [n, W, H] in the
# type of the values; queries and keys may have more digits. Under autograd in single precision, since on the CPU its
# backward pass is several times faster than that of bf16.
def attend(query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Optional[Tensor]) -> Tensor:
  dtype = ops.prim.dtype(value)
  if ops.prim.requires_grad(query):
    single = __torch__.attention.attend_fused(torch.to(query, 6), torch.to(key, 6), torch.to(value, 6), mask)
    context = torch.to(single, dtype)
  elif __torch__.exponentials.serve(value) and not __torch__.attention.few(query, key):
    # A softmax does not change when all keys move alike; near zero, bf16 has the most digits for what they say.
    keys = torch.contiguous(key)
    centred = torch.to(torch.sub(keys, torch.mean(keys, [2], True)), dtype)
    asking = torch.contiguous(torch.to(query, dtype))
    context = __torch__.attention.attend_plainly(asking, centred, torch.contiguous(value), mask)
  else:
    fused = __torch__.attention.attend_fused(torch.to(query, dtype), torch.to(key, dtype), value, mask)
    context = __torch__.attention.with_what_is_no_number(fused, key)
  return torch.flatten(torch.transpose(context, 1, 2), 2, 3)


# Where a score is no number libtorch answers zeros, as if nothing were wrong: a row whose keys [n, A, L, D] are not finite
# gets what is none, as any other sum over them would give; of others no bit changes. Summed in single precision: in fp16
# many keys may sum up to more than there is.
def with_what_is_no_number(context: Tensor,
    key: Tensor) -> Tensor:
  nothing = torch.mul(torch.sum(key, [2], True, dtype=6), 0)
  return torch.add(context, torch.to(nothing, ops.prim.dtype(context)))


# So few scores a head that the steps of exponentials.py take longer than libtorch's one. Of a row's own shape alone: a row
# is computed in one way whatever stands beside it. A handful of queries costs libtorch as much as 16.
def few(query: Tensor,
    key: Tensor) -> bool:
  queries = ops.prim.max(torch.size(query, 2), 16)
  return torch.mul(queries, torch.size(key, 2)) <= 2304


def attend_fused(query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Optional[Tensor]) -> Tensor:
  added = annotate(Optional[Tensor], None)
  if mask is not None:
    added = torch.to(mask, ops.prim.dtype(query))
  return torch.scaled_dot_product_attention(query, key, value, added, 0., False)


# As many rows at a time as the cache holds scores of.
def attend_plainly(query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Optional[Tensor]) -> Tensor:
  rows = torch.size(query, 0)
  scale = __torch__.exponentials.binary_scale(torch.div(1., torch.sqrt(torch.size(query, 3))))
  scores = torch.mul(torch.mul(torch.size(query, 1), torch.size(query, 2)), torch.size(key, 2))
  step = ops.prim.max(1, torch.floordiv(1500000, scores))
  if step >= rows:
    context = __torch__.exponentials.attend(query, key, value, mask, scale, 0)
  else:
    contexts = annotate(List[Tensor], [])
    own = mask
    for index in range(torch.floordiv(torch.add(rows, torch.sub(step, 1)), step)):
      first = torch.mul(index, step)
      size = ops.prim.min(step, torch.sub(rows, first))
      if mask is not None:
        own = __torch__.exponentials.of_rows(mask, first, size, 0)
      part = __torch__.exponentials.attend(torch.narrow(query, 0, first, size), torch.narrow(key, 0, first, size),
        torch.narrow(value, 0, first, size), own, scale, 0)
      _0 = torch.append(contexts, part)
    context = torch.cat(contexts, 0)
  return context


# Every token over those of its row within the window: [n, A, L, D] to [n, L, H].
def attend_near(query: Tensor,
    key: Tensor,
    value: Tensor,
    window: __torch__.attention.Window) -> Tensor:
  length = torch.size(query, 2)
  if length <= torch.add(window.reach, 1):
    context = __torch__.attention.attend(query, key, value, None)
  else:
    if length <= torch.size(window.band, 0):
      mask = torch.narrow(torch.narrow(window.band, 0, 0, length), 1, window.reach, length)
      context = __torch__.attention.attend(query, key, value, mask)
    else:
      context = __torch__.attention.attend_in_blocks(query, key, value, window)
  return context


# The same, block by block of queries, each over its neighbourhood.
def attend_in_blocks(query: Tensor,
    key: Tensor,
    value: Tensor,
    window: __torch__.attention.Window) -> Tensor:
  length = torch.size(query, 2)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.floordiv(torch.add(length, 63), 64)):
    first = torch.mul(index, 64)
    size = ops.prim.min(64, torch.sub(length, first))
    before = ops.prim.min(first, window.reach)
    begin = torch.sub(first, before)
    count = torch.sub(ops.prim.min(length, torch.add(torch.add(first, size), window.reach)), begin)
    mask = torch.narrow(torch.narrow(window.band, 0, 0, size), 1, torch.sub(window.reach, before), count)
    context = __torch__.attention.attend(torch.narrow(query, 2, first, size), torch.narrow(key, 2, begin, count),
      torch.narrow(value, 2, begin, count), mask)
    _0 = torch.append(contexts, context)
  return torch.cat(contexts, 1)


# Tokens at some positions of their rows [n, W] over those of the row within the window: [n, A, W, D] to [n, W, H].
def attend_near_at(positions: Tensor,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    window: __torch__.attention.Window) -> Tensor:
  length = torch.size(key, 2)
  if length <= torch.add(window.reach, 1):
    context = __torch__.attention.attend(query, key, value, None)
  else:
    every = torch.arange(length, dtype=4, device=ops.prim.device(key))
    distance = torch.abs(torch.sub(torch.unsqueeze(positions, 2), every))
    far = torch.unsqueeze(torch.gt(distance, window.reach), 1)
    mask = torch.masked_fill(torch.new_zeros(value, torch.size(far)), far, float("-inf"))
    context = __torch__.attention.attend(query, key, value, mask)
  return context
