# Low-rank adapters (LoRA, arXiv 2106.09685) of the rows of a batch, each row's its own: y += (x down) up + shift.
# S rows that have an adapter, W the most tokens of one of them, P tokens of all of them; R the largest of their ranks.


# Rows whose adapters run together: all of one adapter, or each of another. Those of one adapter that follow one another
# are a run of so many tokens from the first on, and nothing else of them is known; of others count is 0, and -1 of a run
# of all tokens there are, however many. Places are those of their tokens in a packing [P]; gather names for each place of
# a rectangle [S, W] a token of the packing (beyond a row's end its last), and valid which of these places are real [P].
# Rows are their numbers in the packing. An adapter is three tensors for each linear layer of the model in turn: down
# [in, r], up [r, out], shift [out]; what it has not is empty. Every tells whether all rows of the batch have adapters.
class Group(NamedTuple):
  every : bool
  rows : List[int]
  first : int
  count : int
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


# A table [S, 8]: row, its first token and tokens, its first label and labels, number of its group, number of its adapter,
# and whether every row of the batch has one; and the distinct adapters.
def spaces(table: Tensor,
    adapters: List[List[Tensor]]) -> __torch__.lora.Spaces:
  row = torch.select(table, 1, 0)
  token = torch.select(table, 1, 1)
  label = torch.select(table, 1, 3)
  labels = torch.select(table, 1, 4)
  one = torch.ones_like(row)
  tokens = __torch__.lora.groups_of(table, token, torch.select(table, 1, 2), adapters)
  texts = __torch__.lora.groups_of(table, row, one, adapters)
  own = __torch__.lora.groups_of(table, label, labels, adapters)
  read = __torch__.lora.groups_of(table, torch.add(row, label), torch.add(labels, one), adapters)
  return __torch__.lora.Spaces(tokens, texts, own, read)


# One adapter for all there is, the filler included; its rows are those of the groups.
def everywhere(groups: __torch__.packing.Groups,
    adapter: List[Tensor]) -> List[__torch__.lora.Group]:
  rows = annotate(List[int], [])
  for index in range(torch.len(groups.rows)):
    for number in range(groups.rows[index]):
      _0 = torch.append(rows, torch.len(rows))
  nothing = torch.empty([0], dtype=4)
  return [__torch__.lora.Group(True, rows, 0, -1, nothing, nothing, nothing, 0, [adapter])]


# Rows of a group follow one another in the table.
def groups_of(table: Tensor,
    starts: Tensor,
    lengths: Tensor,
    adapters: List[List[Tensor]]) -> List[__torch__.lora.Group]:
  groups = __torch__.lora.none()
  rows = __torch__.packing.column(table, 0)
  numbers = __torch__.packing.column(table, 5)
  owners = __torch__.packing.column(table, 6)
  every = torch.IntImplicit(torch.select(torch.select(table, 0, 0), 0, 7)) == 1
  first = 0
  for index in range(torch.len(numbers)):
    end = torch.add(index, 1)
    last = end == torch.len(numbers)
    if not last:
      last = numbers[end] != numbers[index]
    if last:
      size = torch.sub(end, first)
      group = __torch__.lora.group_of(every, torch.slice(rows, first, end, 1), torch.slice(owners, first, end, 1),
        torch.narrow(starts, 0, first, size), torch.narrow(lengths, 0, first, size), adapters)
      _0 = torch.append(groups, group)
      first = end
  return groups


# Of rows, the numbers of their adapters, and where they begin and how long they are in a packing [S].
def group_of(every: bool,
    rows: List[int],
    owners: List[int],
    starts: Tensor,
    lengths: Tensor,
    adapters: List[List[Tensor]]) -> __torch__.lora.Group:
  own = annotate(List[List[Tensor]], [])
  for index in range(torch.len(owners)):
    if index == 0 or owners[index] != owners[0]:
      _0 = torch.append(own, adapters[owners[index]])
  between = torch.sub(rows[-1], rows[0])
  if torch.len(own) == 1 and between == torch.sub(torch.len(rows), 1):
    first = torch.IntImplicit(torch.select(starts, 0, 0))
    count = torch.IntImplicit(torch.sum(lengths))
    group = __torch__.lora.Group(every, rows, first, count, lengths, lengths, lengths, 0, own)
  else:
    group = __torch__.lora.scattered(every, rows, starts, lengths, own)
  return group


def scattered(every: bool,
    rows: List[int],
    starts: Tensor,
    lengths: Tensor,
    adapters: List[List[Tensor]]) -> __torch__.lora.Group:
  width = torch.IntImplicit(torch.max(lengths))
  column = torch.unsqueeze(torch.arange(width, dtype=4, device=ops.prim.device(starts)), 0)
  ends = torch.unsqueeze(torch.sub(lengths, 1), 1)
  gather = torch.reshape(torch.add(torch.unsqueeze(starts, 1), torch.minimum(column, ends)), [-1])
  valid = torch.reshape(torch.nonzero(torch.reshape(torch.le(column, ends), [-1])), [-1])
  return __torch__.lora.Group(every, rows, 0, 0, gather, valid, torch.index_select(gather, 0, valid), width, adapters)


# The groups of which some adapter changes a linear layer.
def touching(groups: List[__torch__.lora.Group],
    target: int) -> List[__torch__.lora.Group]:
  found = __torch__.lora.none()
  for index in range(torch.len(groups)):
    if __torch__.lora.changes(groups[index].adapters, target):
      _0 = torch.append(found, groups[index])
  return found


def changes(adapters: List[List[Tensor]],
    target: int) -> bool:
  return __torch__.lora.rank(adapters, target) > 0


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
    if group.count < 0:
      _2 = __torch__.lora.change_all(y, x, targets, first, size, group.adapters[0])
    elif group.count > 0:
      run = torch.narrow(y, 0, group.first, group.count)
      _0 = __torch__.lora.change_run(run, torch.narrow(x, 0, group.first, group.count), targets, first, size,
        group.adapters[0])
    else:
      for part in range(torch.len(targets)):
        if __torch__.lora.changes(group.adapters, targets[part]):
          columns = torch.narrow(y, 1, torch.mul(part, size), size)
          _1 = __torch__.lora.add(columns, __torch__.lora.change(x, targets[part], first, size, group), group)
  return y


# Of x [T, in] the tokens of a group: [P, in].
def own(x: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  if group.count < 0:
    tokens = x
  elif group.count > 0:
    tokens = torch.narrow(x, 0, group.first, group.count)
  else:
    tokens = torch.index_select(x, 0, group.places)
  return tokens


# Adds to y [P, out] in place what one adapter makes of its tokens x [P, in]. Small and often run: all targets go down in
# one product, since a second one takes longer than to put their matrices side by side.
def change_run(y: Tensor,
    x: Tensor,
    targets: List[int],
    first: int,
    size: int,
    adapter: List[Tensor]) -> Tensor:
  downs = annotate(List[Tensor], [])
  for part in range(torch.len(targets)):
    down = adapter[torch.mul(targets[part], 3)]
    if torch.numel(down) > 0:
      _0 = torch.append(downs, down)
  if torch.len(downs) > 0:
    lowered = torch.mm(x, __torch__.lora.side_by_side(downs))
    place = 0
    for part in range(torch.len(targets)):
      number = torch.mul(targets[part], 3)
      rank = torch.size(adapter[number], -1)
      if rank > 0:
        columns = torch.narrow(y, 1, torch.mul(part, size), size)
        up = adapter[torch.add(number, 1)]
        if torch.size(up, 1) != size:
          up = torch.narrow(up, 1, first, size)
        _1 = torch.addmm_(columns, torch.narrow(lowered, 1, place, rank), up)
        place = torch.add(place, rank)
        shift = adapter[torch.add(number, 2)]
        if torch.numel(shift) > 0:
          _2 = torch.add_(columns, torch.narrow(shift, 0, first, size))
  return y


def side_by_side(matrices: List[Tensor]) -> Tensor:
  if torch.len(matrices) == 1:
    joined = matrices[0]
  else:
    joined = torch.cat(matrices, 1)
  return joined


# The same of an adapter that every token carries, which is how one is trained: a product for all targets at once, their
# downs side by side [in, R] and their ups block by block [R, out], so that autograd has few products, and no columns to
# put back into place.
def change_all(y: Tensor,
    x: Tensor,
    targets: List[int],
    first: int,
    size: int,
    adapter: List[Tensor]) -> Tensor:
  downs = annotate(List[Tensor], [])
  ups = annotate(List[Tensor], [])
  for part in range(torch.len(targets)):
    number = torch.mul(targets[part], 3)
    if torch.numel(adapter[number]) > 0:
      before = torch.mul(part, size)
      _0 = torch.append(downs, adapter[number])
      _1 = torch.append(ups, __torch__.lora.block(adapter[torch.add(number, 1)], first, size, before, torch.size(y, 1)))
      shift = adapter[torch.add(number, 2)]
      if torch.numel(shift) > 0:
        _2 = torch.add_(torch.narrow(y, 1, before, size), torch.narrow(shift, 0, first, size))
  if torch.len(downs) == 1:
    _3 = torch.addmm_(y, torch.mm(x, downs[0]), ups[0])
  elif torch.len(downs) > 1:
    _4 = torch.addmm_(y, torch.mm(x, torch.cat(downs, 1)), torch.cat(ups, 0))
  return y


# Of an up [r, columns] size columns from first on, as columns from another place on of so many, the others zero: [r, width].
def block(up: Tensor,
    first: int,
    size: int,
    place: int,
    width: int) -> Tensor:
  own = up
  if torch.size(up, 1) != size:
    own = torch.narrow(up, 1, first, size)
  if size != width:
    own = torch.constant_pad_nd(own, [place, torch.sub(torch.sub(width, place), size)])
  return own


# What the adapters of a group make of their tokens: [P, size].
def change(x: Tensor,
    target: int,
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  if torch.len(group.adapters) == 1:
    changed = __torch__.lora.change_alike(__torch__.lora.own(x, group), target, first, size, group.adapters[0])
  else:
    changed = __torch__.lora.change_each(x, target, first, size, group)
  return changed


# The same adapter for all tokens [P, in].
def change_alike(x: Tensor,
    target: int,
    first: int,
    size: int,
    adapter: List[Tensor]) -> Tensor:
  down = adapter[torch.mul(target, 3)]
  up = adapter[torch.add(torch.mul(target, 3), 1)]
  shift = adapter[torch.add(torch.mul(target, 3), 2)]
  changed = torch.mm(torch.mm(x, down), torch.narrow(up, 1, first, size))
  if torch.numel(shift) > 0:
    changed = torch.add(changed, torch.narrow(shift, 0, first, size))
  return changed


# Each row its own, in one product over a rectangle.
def change_each(x: Tensor,
    target: int,
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  rows = torch.len(group.adapters)
  rank = __torch__.lora.rank(group.adapters, target)
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


# The adapter of a group's row, by the row's number in the group.
def adapter_of(group: __torch__.lora.Group,
    number: int) -> List[Tensor]:
  if torch.len(group.adapters) == 1:
    adapter = group.adapters[0]
  else:
    adapter = group.adapters[number]
  return adapter


# What a product of an input that rows share [R, in] is for one row: from the product itself [R, out].
def shared_input(product: Tensor,
    x: Tensor,
    target: int,
    adapter: List[Tensor]) -> Tensor:
  return torch.add(product, __torch__.lora.change_alike(x, target, 0, torch.size(product, 1), adapter))


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


# In place: a group's tokens [P, out] in y [T, out].
def put(y: Tensor,
    tokens: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  if group.count > 0:
    placed = torch.copy_(torch.narrow(y, 0, group.first, group.count), tokens)
  else:
    placed = torch.index_copy_(y, 0, group.places, tokens)
  return placed


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
      # Always a copy: that of one row is contiguous as it is, and what it was made of is freed by then.
      _0 = torch.append(kept, torch.clone(torch.t(tensor), memory_format=0))
    else:
      _1 = torch.append(kept, torch.clone(tensor))
  return kept
