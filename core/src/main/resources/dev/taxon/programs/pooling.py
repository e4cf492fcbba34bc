# The text's feature from the states of its tokens. T tokens of all rows, of which a row's text is a run; B rows.


# Starts and lengths of the runs [B], their tokens' places [P] and whose they are [P], over how many tokens a row's mean
# goes [B], and which rows count zeros beside their tokens [B].
class Texts(NamedTuple):
  starts : List[int]
  lengths : List[int]
  places : Tensor
  rows : Tensor
  counted : Tensor
  with_zeros : Tensor


# From a table [B, 3]: start and length of a row's text, and over how many tokens its mean goes, zeros among them. It is
# read number by number, so it is in main memory (packing.py); tensors made of it go to where like is.
def texts_of(table: Tensor,
    like: Tensor) -> __torch__.pooling.Texts:
  device = ops.prim.device(like)
  starts = __torch__.packing.column(table, 0)
  lengths = __torch__.packing.column(table, 1)
  places = annotate(List[Tensor], [])
  for row in range(torch.len(starts)):
    end = torch.add(starts[row], lengths[row])
    _0 = torch.append(places, torch.arange(starts[row], end, dtype=4, device=ops.prim.device(table)))
  numbers = torch.arange(torch.len(starts), dtype=4, device=ops.prim.device(table))
  length = torch.select(table, 1, 1)
  counted = torch.select(table, 1, 2)
  rows = torch.repeat_interleave(numbers, length)
  with_zeros = torch.unsqueeze(torch.gt(counted, length), 1)
  return __torch__.pooling.Texts(starts, lengths, torch.to(torch.cat(places, 0), device), torch.to(rows, device),
    torch.to(torch.unsqueeze(torch.to(counted, 6), 1), device), torch.to(with_zeros, device))


# States [T, H] to [B, H].
def pool(states: Tensor,
    strategy: str,
    texts: __torch__.pooling.Texts) -> Tensor:
  count = torch.len(texts.starts)
  own = torch.index_select(states, 0, texts.places)
  if strategy == "avg":
    pooled = torch.div(__torch__.heads.sums(own, texts.rows, count), texts.counted)
  elif strategy == "sum":
    pooled = __torch__.heads.sums(own, texts.rows, count)
  elif strategy == "rms":
    pooled = torch.sqrt(torch.div(__torch__.heads.sums(torch.square(own), texts.rows, count), texts.counted))
  elif strategy == "abs_avg":
    pooled = torch.div(__torch__.heads.sums(torch.abs(own), texts.rows, count), texts.counted)
  elif strategy == "abs_max":
    pooled = __torch__.heads.largest(torch.abs(own), texts.rows, count)
  elif strategy == "max":
    found = __torch__.heads.largest(own, texts.rows, count)
    pooled = torch.where(texts.with_zeros, torch.clamp_min(found, 0.), found)
  elif strategy == "last":
    ends = annotate(List[int], [])
    for row in range(count):
      _0 = torch.append(ends, torch.sub(torch.add(texts.starts[row], texts.lengths[row]), 1))
    last = torch.index_select(states, 0, torch.tensor(ends, dtype=4, device=ops.prim.device(states)))
    pooled = torch.masked_fill(last, texts.with_zeros, 0.)
  else:
    starts = torch.tensor(texts.starts, dtype=4, device=ops.prim.device(states))
    pooled = torch.index_select(states, 0, starts)
  return pooled


# A bidirectional LSTM over each row's text [T, H] to [T, H]; other tokens become zeros.
def recur(states: Tensor,
    texts: __torch__.pooling.Texts,
    weights: List[Tensor]) -> Tensor:
  size = torch.size(weights[1], 1)
  begun = torch.new_zeros(states, [2, 1, size])
  outputs = annotate(List[Tensor], [])
  for row in range(torch.len(texts.starts)):
    own = torch.unsqueeze(torch.narrow(states, 0, texts.starts[row], texts.lengths[row]), 0)
    output, _0, _1, = torch.lstm(own, [begun, begun], weights, True, 1, 0., False, True, True)
    _2 = torch.append(outputs, torch.squeeze(output, 0))
  return torch.index_copy(torch.zeros_like(states), 0, texts.places, torch.cat(outputs, 0))


# The LSTM's weights in the order that it takes them, forwards and backwards.
def recurrence_of(weights: Dict[str, Tensor]) -> List[Tensor]:
  found = annotate(List[Tensor], [])
  for direction in ["", "_reverse"]:
    for part in ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]:
      _0 = torch.append(found, torch.to(weights[torch.add(torch.add("model.lstm.lstm.", part), direction)], 6))
  return found
