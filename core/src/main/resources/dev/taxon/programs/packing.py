# A batch without padding: its rows stand one after another, T tokens in all, and rows of one shape stand together, those of one run of adapters by themselves. A
# group of them is a rectangle [rows, width] wherever a step needs one, and no row ever meets a token not its own.


# Filler is the number of the group that belongs to nobody and only rounds numbers up; -1 where there is none.
class Groups(NamedTuple):
  rows : List[int]
  lengths : List[int]
  labels : List[int]
  filler : int


# From a table [groups, 4]: how many rows, of each the tokens and the labels, and 1 where they belong to nobody, which may
# be the last. Tables are read number by number, for each of which a GPU would be waited for: they stay in main memory.
def groups_of(table: Tensor) -> __torch__.packing.Groups:
  rows = __torch__.packing.column(table, 0)
  filler = -1
  if torch.IntImplicit(torch.select(torch.select(table, 0, -1), 0, 3)) == 1:
    filler = torch.sub(torch.len(rows), 1)
  return __torch__.packing.Groups(rows, __torch__.packing.column(table, 1), __torch__.packing.column(table, 2), filler)


def column(table: Tensor,
    number: int) -> List[int]:
  values = annotate(List[int], [])
  for index in range(torch.size(table, 0)):
    _0 = torch.append(values, torch.IntImplicit(torch.select(torch.select(table, 0, index), 0, number)))
  return values


def sums(left: List[int],
    right: List[int]) -> List[int]:
  values = annotate(List[int], [])
  for index in range(torch.len(left)):
    _0 = torch.append(values, torch.add(left[index], right[index]))
  return values


def ones(count: int) -> List[int]:
  values = annotate(List[int], [])
  for index in range(count):
    _0 = torch.append(values, 1)
  return values


# Packed states [T, H] as one rectangle [rows, width, H] a group.
def split(x: Tensor,
    rows: List[int],
    widths: List[int]) -> List[Tensor]:
  sizes = annotate(List[int], [])
  for index in range(torch.len(rows)):
    _0 = torch.append(sizes, torch.mul(rows[index], widths[index]))
  parts = torch.split_with_sizes(x, sizes, 0)
  rectangles = annotate(List[Tensor], [])
  for index in range(torch.len(rows)):
    _1 = torch.append(rectangles, torch.view(parts[index], [rows[index], widths[index], torch.size(x, 1)]))
  return rectangles


# Rectangles [rows, width, H] back to packed states [T, H].
def join(rectangles: List[Tensor]) -> Tensor:
  parts = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    _0 = torch.append(parts, torch.flatten(rectangles[index], 0, 1))
  if torch.len(parts) == 1:
    states = parts[0]
  else:
    states = torch.cat(parts, 0)
  return states


# The most tokens of a row.
def longest(groups: __torch__.packing.Groups) -> int:
  most = 0
  for index in range(torch.len(groups.lengths)):
    most = ops.prim.max(most, groups.lengths[index])
  return most


# The place of each row's first token [B], where like is kept.
def starts(groups: __torch__.packing.Groups,
    like: Tensor) -> Tensor:
  places = annotate(List[int], [])
  place = 0
  for index in range(torch.len(groups.rows)):
    for row in range(groups.rows[index]):
      _0 = torch.append(places, place)
      place = torch.add(place, groups.lengths[index])
  return torch.tensor(places, dtype=4, device=ops.prim.device(like))


# States [B + M, H] of each row's text and labels, apart: texts [B, H] and labels [M, H].
def apart(states: Tensor,
    groups: __torch__.packing.Groups) -> Tuple[Tensor, Tensor]:
  widths = __torch__.packing.sums(groups.labels, __torch__.packing.ones(torch.len(groups.rows)))
  rectangles = __torch__.packing.split(states, groups.rows, widths)
  texts = annotate(List[Tensor], [])
  labels = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    _0 = torch.append(texts, torch.select(rectangles[index], 1, 0))
    _1 = torch.append(labels, torch.slice(rectangles[index], 1, 1, 9223372036854775807, 1))
  return (torch.cat(texts, 0), __torch__.packing.join(labels))


# How many labels each row has: [B].
def labels_of_rows(groups: __torch__.packing.Groups) -> List[int]:
  counts = annotate(List[int], [])
  for index in range(torch.len(groups.rows)):
    for row in range(groups.rows[index]):
      _0 = torch.append(counts, groups.labels[index])
  return counts
