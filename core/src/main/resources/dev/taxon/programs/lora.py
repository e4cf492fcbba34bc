# Low-rank adapters (LoRA, arXiv 2106.09685) of the rows of a batch, each row's its own: y += (x down) up + shift.
# S rows that have an adapter, W the most tokens of one of them, P tokens of all of them; R the largest of their ranks.


# Rows whose adapters run together. Places are those of their tokens in a packing [P]; gather names for each place of a
# rectangle [S, W] a token of the packing (beyond a row's end its last), and valid which of these places are real [P].
# Rows are their numbers in the packing. An adapter is three tensors for each linear layer of the model in turn: down [in, r], up [r, out], shift [out]; what
# it has not is empty.
class Group(NamedTuple):
  rows : List[int]
  gather : Tensor
  valid : Tensor
  places : Tensor
  width : int
  adapters : List[List[Tensor]]


# Where each row of each group begins and how long it is, in every packing that a forward pass makes: of tokens, of one
# text a row, of labels, and of one text and labels a row.
class Spaces(NamedTuple):
  tokens : List[__torch__.lora.Group]
  texts : List[__torch__.lora.Group]
  labels : List[__torch__.lora.Group]
  read : List[__torch__.lora.Group]


def none() -> List[__torch__.lora.Group]:
  return annotate(List[__torch__.lora.Group], [])


def nowhere() -> __torch__.lora.Spaces:
  empty = __torch__.lora.none()
  return __torch__.lora.Spaces(empty, empty, empty, empty)


# A table [S, 6]: row, its first token and tokens, its first label and labels, number of its group; and the adapters.
def spaces(table: Tensor,
    adapters: List[List[Tensor]]) -> __torch__.lora.Spaces:
  row = torch.select(table, 1, 0)
  token = torch.select(table, 1, 1)
  label = torch.select(table, 1, 3)
  labels = torch.select(table, 1, 4)
  numbers = torch.select(table, 1, 5)
  one = torch.ones_like(row)
  tokens = __torch__.lora.groups_of(row, token, torch.select(table, 1, 2), numbers, adapters)
  texts = __torch__.lora.groups_of(row, row, one, numbers, adapters)
  own = __torch__.lora.groups_of(row, label, labels, numbers, adapters)
  read = __torch__.lora.groups_of(row, torch.add(row, label), torch.add(labels, one), numbers, adapters)
  return __torch__.lora.Spaces(tokens, texts, own, read)


# Tokens [T] and labels [M] side by side, row for row.
def both(table: Tensor,
    adapters: List[List[Tensor]]) -> List[__torch__.lora.Group]:
  starts = torch.add(torch.select(table, 1, 1), torch.select(table, 1, 3))
  lengths = torch.add(torch.select(table, 1, 2), torch.select(table, 1, 4))
  return __torch__.lora.groups_of(torch.select(table, 1, 0), starts, lengths, torch.select(table, 1, 5), adapters)


def groups_of(row: Tensor,
    starts: Tensor,
    lengths: Tensor,
    numbers: Tensor,
    adapters: List[List[Tensor]]) -> List[__torch__.lora.Group]:
  groups = __torch__.lora.none()
  count = torch.IntImplicit(torch.add(torch.max(numbers), 1))
  for number in range(count):
    rows = torch.reshape(torch.nonzero(torch.eq(numbers, number)), [-1])
    own = annotate(List[List[Tensor]], [])
    for index in range(torch.size(rows, 0)):
      _0 = torch.append(own, adapters[torch.IntImplicit(torch.select(rows, 0, index))])
    group = __torch__.lora.group_of(torch.index_select(row, 0, rows), torch.index_select(starts, 0, rows),
      torch.index_select(lengths, 0, rows), own)
    _1 = torch.append(groups, group)
  return groups


def group_of(row: Tensor,
    starts: Tensor,
    lengths: Tensor,
    adapters: List[List[Tensor]]) -> __torch__.lora.Group:
  width = torch.IntImplicit(torch.max(lengths))
  column = torch.unsqueeze(torch.arange(width, dtype=4), 0)
  ends = torch.unsqueeze(torch.sub(lengths, 1), 1)
  gather = torch.reshape(torch.add(torch.unsqueeze(starts, 1), torch.minimum(column, ends)), [-1])
  valid = torch.reshape(torch.nonzero(torch.reshape(torch.le(column, ends), [-1])), [-1])
  rows = annotate(List[int], [])
  for index in range(torch.size(row, 0)):
    _0 = torch.append(rows, torch.IntImplicit(torch.select(row, 0, index)))
  return __torch__.lora.Group(rows, gather, valid, torch.index_select(gather, 0, valid), width, adapters)


def touches(groups: List[__torch__.lora.Group],
    target: int) -> bool:
  found = False
  for index in range(torch.len(groups)):
    if __torch__.lora.rank(groups[index].adapters, target) > 0:
      found = True
  return found


# The largest rank of a linear layer's adapters; 0 where none has one.
def rank(adapters: List[List[Tensor]],
    target: int) -> int:
  largest = 0
  for row in range(torch.len(adapters)):
    own = torch.size(adapters[row][torch.mul(target, 3)], -1)
    if own > largest:
      largest = own
  return largest


# One tensor of each row's adapter, [S, ...], short ranks filled up with zeros, of its columns those from first on.
def stacked(adapters: List[List[Tensor]],
    number: int,
    first: int,
    shape: List[int],
    options: Tensor) -> Tensor:
  stack = annotate(List[Tensor], [])
  for row in range(torch.len(adapters)):
    own = adapters[row][number]
    if torch.numel(own) == 0:
      _0 = torch.append(stack, torch.new_zeros(options, shape))
    else:
      # What is missing is negative where columns are left out.
      missing = [torch.neg(first), torch.sub(torch.add(first, shape[-1]), torch.size(own, -1))]
      if torch.len(shape) == 2:
        _1 = torch.extend(missing, [0, torch.sub(shape[0], torch.size(own, 0))])
      if torch.size(own, 0) == shape[0] and torch.size(own, -1) == shape[-1]:
        _2 = torch.append(stack, own)
      else:
        _3 = torch.append(stack, torch.constant_pad_nd(own, missing))
  return torch.stack(stack, 0)


# Adds to y [T, out], the product of x [T, in] with a weight, what adapters make of x. The weight's columns are shared
# evenly by its targets, such as query, key and value; of each target they are those from first on.
def adapt(y: Tensor,
    x: Tensor,
    targets: List[int],
    first: int,
    groups: List[__torch__.lora.Group]) -> Tensor:
  size = torch.floordiv(torch.size(y, 1), torch.len(targets))
  for index in range(torch.len(groups)):
    group = groups[index]
    for part in range(torch.len(targets)):
      target = targets[part]
      rank = __torch__.lora.rank(group.adapters, target)
      if rank > 0:
        columns = torch.narrow(y, 1, torch.mul(part, size), size)
        _0 = __torch__.lora.add(columns, __torch__.lora.change(x, target, rank, first, size, group), group)
  return y


# What the adapters of a group make of their tokens: [P, size].
def change(x: Tensor,
    target: int,
    rank: int,
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  rows = torch.len(group.adapters)
  width = torch.size(x, 1)
  number = torch.mul(target, 3)
  inputs = torch.view(torch.index_select(x, 0, group.gather), [rows, group.width, width])
  down = __torch__.lora.stacked(group.adapters, number, 0, [width, rank], x)
  up = __torch__.lora.stacked(group.adapters, torch.add(number, 1), first, [rank, size], x)
  changed = torch.bmm(torch.bmm(inputs, down), up)
  if __torch__.lora.shifts(group.adapters, torch.add(number, 2)):
    shift = __torch__.lora.stacked(group.adapters, torch.add(number, 2), first, [size], x)
    changed = torch.add(changed, torch.unsqueeze(shift, 1))
  return torch.index_select(torch.view(changed, [-1, size]), 0, group.valid)


# What a product of an input that rows share [R, in] becomes for each of a run of rows that begins with row first: from
# the product itself [R, out] to [rows, R, out].
def shared_input(product: Tensor,
    x: Tensor,
    target: int,
    first: int,
    rows: int,
    groups: List[__torch__.lora.Group]) -> Tensor:
  each = torch.clone(torch.expand(torch.unsqueeze(product, 0), [rows, -1, -1]))
  size = torch.size(product, 1)
  for index in range(torch.len(groups)):
    group = groups[index]
    for number in range(torch.len(group.rows)):
      row = torch.sub(group.rows[number], first)
      adapter = group.adapters[number]
      if row >= 0 and row < rows and torch.numel(adapter[torch.mul(target, 3)]) > 0:
        down = adapter[torch.mul(target, 3)]
        up = adapter[torch.add(torch.mul(target, 3), 1)]
        _0 = torch.add_(torch.select(each, 0, row), torch.mm(torch.mm(x, down), up))
  return each


def shifts(adapters: List[List[Tensor]],
    number: int) -> bool:
  found = False
  for row in range(torch.len(adapters)):
    if torch.numel(adapters[row][number]) > 0:
      found = True
  return found


# In place; places ascend, so that as many as there are tokens are all of them, in order.
def add(columns: Tensor,
    change: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  if torch.size(change, 0) == torch.size(columns, 0):
    added = torch.add_(columns, change)
  else:
    own = torch.add(torch.index_select(columns, 0, group.places), change)
    added = torch.index_copy_(columns, 0, group.places, own)
  return added


# An adapter as it is kept: down and up as the checkpoint has them ([r, in], [out, r]) transposed, shifts as they are,
# each linear layer's in the type that its product runs in. The first linear layers are the encoder's, which runs in
# dtype; heads run in single precision.
def prepared(tensors: List[Tensor],
    encoder_targets: int,
    dtype: int) -> List[Tensor]:
  kept = annotate(List[Tensor], [])
  for number in range(torch.len(tensors)):
    if torch.floordiv(number, 3) < encoder_targets:
      working = dtype
    else:
      working = 6
    tensor = torch.to(tensors[number], working)
    if torch.dim(tensor) == 2:
      _0 = torch.append(kept, torch.contiguous(torch.t(tensor)))
    else:
      _1 = torch.append(kept, torch.clone(tensor))
  return kept
