# Low-rank adapters (LoRA, arXiv 2106.09685) of the rows of a batch, each row's its own: y += (x t(down)) up + shift. An adapter
# is three tensors for each linear layer of the model in turn, down [r, in] as the checkpoint has it, up [r, out] and shift
# [out]; what it has not is empty. S rows that have an adapter, W the most tokens of one of them, P tokens of all of them; R
# the ranks of all matrices that are put together.


# Rows, by their numbers in the packing, that run together, and their adapters: one for all of them, or each row's own, all
# of one shape. Carried is the one adapter that a run's products are of: that of its rows, or where each has a small one of
# its own, all of them joined, with shifts [S, out]; empty for a rectangle of several rows.
class Members(NamedTuple):
  rows : List[int]
  adapters : List[List[Tensor]]
  carried : List[Tensor]


# Rows whose adapters run together. A run's follow one another: so many tokens from the first on, of which width is that
# number rounded up. Where their adapters are joined, owners [width] tells whose each token is, that of nobody beyond the
# run, and foreign [width, R] which of the R ranks of all of them are another's. Of others count is 0, and -1 of a run of all
# tokens there are, however many. Places are those of their tokens in a packing [P], and adjacent tells whether these follow
# one another from the first on; gather names for each place of a rectangle [S, W] a token of the packing (beyond a row's end
# its last), and valid which of these places are real [P]. From begin on there are only tokens of rows that have adapters, of
# this group or of others, and filler.
class Group(NamedTuple):
  begin : int
  rows : List[int]
  first : int
  count : int
  adjacent : bool
  gather : Tensor
  valid : Tensor
  places : Tensor
  owners : Tensor
  foreign : Tensor
  width : int
  adapters : List[List[Tensor]]
  carried : List[Tensor]


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
# and 1 where the group is a run of one adapter, 2 where it is one of joined ones; and the distinct adapters. Rows of a group
# follow one another in the table. Rows without an adapter are the first of the packing. The table is in main memory
# (packing.py).
def spaces(table: Tensor,
    adapters: List[List[Tensor]]) -> __torch__.lora.Spaces:
  row = torch.select(table, 1, 0)
  token = torch.select(table, 1, 1)
  label = torch.select(table, 1, 3)
  labels = torch.select(table, 1, 4)
  one = torch.ones_like(row)
  members = __torch__.lora.members_of(table, adapters)
  tokens = __torch__.lora.groups_of(members, token, torch.select(table, 1, 2))
  texts = __torch__.lora.groups_of(members, row, one)
  own = __torch__.lora.groups_of(members, label, labels)
  read = __torch__.lora.groups_of(members, torch.add(row, label), torch.add(labels, one))
  return __torch__.lora.Spaces(tokens, texts, own, read)


# One adapter for all there is, the filler included; its rows are those of the groups.
def everywhere(groups: __torch__.packing.Groups,
    adapter: List[Tensor]) -> List[__torch__.lora.Group]:
  rows = annotate(List[int], [])
  for index in range(torch.len(groups.rows)):
    for number in range(groups.rows[index]):
      _0 = torch.append(rows, torch.len(rows))
  nothing = torch.empty([0], dtype=4)
  return [__torch__.lora.Group(0, rows, 0, -1, True, nothing, nothing, nothing, nothing, nothing, 0, [adapter], adapter)]


def members_of(table: Tensor,
    adapters: List[List[Tensor]]) -> List[__torch__.lora.Members]:
  found = annotate(List[__torch__.lora.Members], [])
  rows = __torch__.packing.column(table, 0)
  numbers = __torch__.packing.column(table, 5)
  owners = __torch__.packing.column(table, 6)
  runs = __torch__.packing.column(table, 7)
  first = 0
  for index in range(torch.len(numbers)):
    end = torch.add(index, 1)
    last = end == torch.len(numbers)
    if not last:
      last = numbers[end] != numbers[index]
    if last:
      own = annotate(List[List[Tensor]], [])
      for number in range(first, end):
        if number == first or runs[number] != 1:
          _0 = torch.append(own, adapters[owners[number]])
      carried = annotate(List[Tensor], [])
      if torch.len(own) == 1:
        carried = own[0]
      elif runs[first] == 2:
        carried = __torch__.lora.joined(own)
      _1 = torch.append(found, __torch__.lora.Members(torch.slice(rows, first, end, 1), own, carried))
      first = end
  return found


# Adapters of one shape as one: their downs and their ups put together, their shifts one a row.
def joined(adapters: List[List[Tensor]]) -> List[Tensor]:
  all = annotate(List[Tensor], [])
  for number in range(torch.len(adapters[0])):
    own = annotate(List[Tensor], [])
    for index in range(torch.len(adapters)):
      _0 = torch.append(own, adapters[index][number])
    kind = torch.remainder(number, 3)
    if torch.numel(own[0]) == 0:
      _1 = torch.append(all, own[0])
    elif kind == 2:
      _2 = torch.append(all, torch.stack(own, 0))
    else:
      _3 = torch.append(all, torch.cat(own, 0))
  return all


# Where the rows of each group begin and how long they are in a packing [S].
def groups_of(members: List[__torch__.lora.Members],
    starts: Tensor,
    lengths: Tensor) -> List[__torch__.lora.Group]:
  groups = __torch__.lora.none()
  begin = torch.IntImplicit(torch.min(starts))
  first = 0
  for index in range(torch.len(members)):
    size = torch.len(members[index].rows)
    group = __torch__.lora.group_of(members[index], torch.narrow(starts, 0, first, size),
      torch.narrow(lengths, 0, first, size), begin)
    _0 = torch.append(groups, group)
    first = torch.add(first, size)
  return groups


def group_of(members: __torch__.lora.Members,
    starts: Tensor,
    lengths: Tensor,
    begin: int) -> __torch__.lora.Group:
  if torch.len(members.carried) > 0:
    group = __torch__.lora.run(members, starts, lengths, begin)
  else:
    group = __torch__.lora.scattered(members, starts, lengths, begin)
  return group


def run(members: __torch__.lora.Members,
    starts: Tensor,
    lengths: Tensor,
    begin: int) -> __torch__.lora.Group:
  first = torch.IntImplicit(torch.select(starts, 0, 0))
  count = torch.IntImplicit(torch.sum(lengths))
  width = __torch__.lora.rounded(count)
  owners = torch.empty([0], dtype=4)
  foreign = owners
  adapters = torch.len(members.adapters)
  if adapters > 1:
    whose = torch.repeat_interleave(torch.arange(adapters, dtype=4), lengths)
    nobody = torch.full([torch.sub(width, count)], adapters, dtype=4)
    owners = torch.to(torch.cat([whose, nobody], 0), ops.prim.device(members.adapters[0][0]))
    foreign = __torch__.lora.foreign(owners, adapters, __torch__.lora.rank_of(members.adapters[0]))
  return __torch__.lora.Group(begin, members.rows, first, count, True, lengths, lengths, lengths, owners, foreign,
    width, members.adapters, members.carried)


# The first rank that an adapter has.
def rank_of(adapter: List[Tensor]) -> int:
  rank = 0
  for number in range(torch.len(adapter)):
    if rank == 0 and torch.remainder(number, 3) == 0 and torch.numel(adapter[number]) > 0:
      rank = torch.size(adapter[number], 0)
  return rank


# Whether each rank of so many adapters joined, of one rank each, is of another than a token's own [width, R].
def foreign(owners: Tensor,
    adapters: int,
    rank: int) -> Tensor:
  whose = torch.repeat_interleave(torch.arange(adapters, dtype=4, device=ops.prim.device(owners)), rank)
  return torch.ne(torch.unsqueeze(owners, 1), torch.unsqueeze(whose, 0))


# Up to a quarter more, or 15 tokens: libtorch prepares its products for each number of tokens that it has not met lately,
# which takes as long as fifteen of them.
def rounded(count: int) -> int:
  step = 16
  while torch.mul(step, 8) < count:
    step = torch.mul(step, 2)
  return torch.mul(torch.floordiv(torch.sub(torch.add(count, step), 1), step), step)


# Rectangles are of few widths, since libtorch prepares its products for each.
def scattered(members: __torch__.lora.Members,
    starts: Tensor,
    lengths: Tensor,
    begin: int) -> __torch__.lora.Group:
  width = torch.IntImplicit(torch.max(lengths))
  if width > 8:
    width = torch.mul(torch.floordiv(torch.add(width, 7), 8), 8)
  column = torch.unsqueeze(torch.arange(width, dtype=4, device=ops.prim.device(starts)), 0)
  ends = torch.unsqueeze(torch.sub(lengths, 1), 1)
  gather = torch.reshape(torch.add(torch.unsqueeze(starts, 1), torch.minimum(column, ends)), [-1])
  valid = torch.reshape(torch.nonzero(torch.reshape(torch.le(column, ends), [-1])), [-1])
  places = torch.index_select(gather, 0, valid)
  first = 0
  adjacent = False
  count = torch.size(places, 0)
  if count > 0:
    first = torch.IntImplicit(torch.select(places, 0, 0))
    adjacent = torch.sub(torch.IntImplicit(torch.select(places, 0, -1)), first) == torch.sub(count, 1)
  device = ops.prim.device(members.adapters[0][0])
  return __torch__.lora.Group(begin, members.rows, first, 0, adjacent, torch.to(gather, device),
    torch.to(valid, device), torch.to(places, device), lengths, lengths, width, members.adapters, members.carried)


# The groups of which some adapter changes a linear layer.
def touching(groups: List[__torch__.lora.Group],
    target: int) -> List[__torch__.lora.Group]:
  found = __torch__.lora.none()
  for index in range(torch.len(groups)):
    if __torch__.lora.changes(groups[index].adapters, target):
      _0 = torch.append(found, groups[index])
  return found


# Adapters of a group are of one shape.
def changes(adapters: List[List[Tensor]],
    target: int) -> bool:
  return torch.numel(adapters[0][torch.mul(target, 3)]) > 0


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
      _0 = __torch__.lora.change_all(y, x, targets, first, size, group.adapters[0])
    elif torch.len(group.carried) > 0:
      _1 = __torch__.lora.change_run(y, x, targets, first, size, group)
    else:
      _2 = __torch__.lora.change_rows(y, x, targets, first, size, group)
  return y


# Of x [T, in] the tokens of a group in its packing: [P, in].
def own(x: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  if group.count < 0:
    tokens = x
  elif group.adjacent:
    tokens = torch.narrow(x, 0, group.first, __torch__.lora.count_of(group))
  else:
    tokens = torch.index_select(x, 0, group.places)
  return tokens


# How many tokens there are of a group in its packing, of which it is known.
def count_of(group: __torch__.lora.Group) -> int:
  count = group.count
  if torch.len(group.carried) == 0:
    count = torch.size(group.places, 0)
  return count


# Adds to y [T, out] in place what a run's tokens of x [T, in] make of what they carry. Small and often run: all targets go
# down in one product, since a second one takes longer than to put their matrices together. Products are of the run's
# rounded number of tokens, the others being its neighbours, to which zero is added.
def change_run(y: Tensor,
    x: Tensor,
    targets: List[int],
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  carried = group.carried
  downs = annotate(List[Tensor], [])
  for part in range(torch.len(targets)):
    down = carried[torch.mul(targets[part], 3)]
    if torch.numel(down) > 0:
      _0 = torch.append(downs, down)
  if torch.len(downs) > 0:
    start, length, = __torch__.lora.window(group, torch.size(x, 0))
    lowered = torch.mm(torch.narrow(x, 0, start, length), torch.t(__torch__.lora.together(downs, 0)))
    _1 = __torch__.lora.only_own(lowered, downs, torch.sub(group.first, start), group)
    place = 0
    for part in range(torch.len(targets)):
      number = torch.mul(targets[part], 3)
      ranks = torch.size(carried[number], 0)
      if ranks > 0:
        columns = torch.narrow(y, 1, torch.mul(part, size), size)
        up = carried[torch.add(number, 1)]
        if torch.size(up, 1) != size:
          up = torch.narrow(up, 1, first, size)
        _2 = torch.addmm_(torch.narrow(columns, 0, start, length), torch.narrow(lowered, 1, place, ranks), up)
        place = torch.add(place, ranks)
        shift = carried[torch.add(number, 2)]
        if torch.numel(shift) > 0:
          own = torch.narrow(columns, 0, group.first, group.count)
          _3 = torch.add_(own, __torch__.lora.shifts(torch.narrow(shift, -1, first, size), group))
  return y


# Of the shifts that a run carries ([size], or one a row [S, size]) each token's.
def shifts(carried: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  own = carried
  if torch.dim(carried) == 2:
    own = torch.index_select(carried, 0, torch.narrow(group.owners, 0, 0, group.count))
  return own


# Where the rounded number of tokens begins that holds a group's run, and what it is, of so many that there are.
def window(group: __torch__.lora.Group,
    total: int) -> Tuple[int, int]:
  length = ops.prim.min(group.width, total)
  return (ops.prim.min(group.first, torch.sub(total, length)), length)


# Which of the ranks of several joined downs are another's than a token's own [width, R of all downs].
def foreign_to(downs: List[Tensor],
    group: __torch__.lora.Group) -> Tensor:
  each = annotate(List[Tensor], [])
  for index in range(torch.len(downs)):
    ranks = torch.size(downs[index], 0)
    foreign = group.foreign
    if torch.size(foreign, 1) != ranks:
      adapters = torch.len(group.adapters)
      foreign = __torch__.lora.foreign(group.owners, adapters, torch.floordiv(ranks, adapters))
    _0 = torch.append(each, foreign)
  return __torch__.lora.together(each, 1)


# Of what a window's tokens were lowered to [length, R of all downs] that of tokens before and after the run becomes zero, and
# of ranks that are another's than a token's, in place: set rather than multiplied, as it may be no number.
def only_own(lowered: Tensor,
    downs: List[Tensor],
    before: int,
    group: __torch__.lora.Group) -> Tensor:
  rest = torch.sub(torch.size(lowered, 0), before)
  if before > 0:
    _0 = torch.zero_(torch.narrow(lowered, 0, 0, before))
  if torch.len(group.adapters) > 1:
    own = torch.narrow(lowered, 0, before, rest)
    _1 = torch.masked_fill_(own, torch.narrow(__torch__.lora.foreign_to(downs, group), 0, 0, rest), 0.)
  elif rest > group.count:
    _2 = torch.zero_(torch.narrow(lowered, 0, torch.add(before, group.count), torch.sub(rest, group.count)))
  return lowered


def together(tensors: List[Tensor],
    dimension: int) -> Tensor:
  all = tensors[0]
  if torch.len(tensors) > 1:
    all = torch.cat(tensors, dimension)
  return all


# The same of an adapter that every token carries, which is how one is trained: a product for all targets at once, their
# downs together [R, in] and their ups block by block [R, out], so that autograd has few products, and no columns to
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
    _3 = torch.addmm_(y, torch.mm(x, torch.t(downs[0])), ups[0])
  elif torch.len(downs) > 1:
    _4 = torch.addmm_(y, torch.mm(x, torch.t(torch.cat(downs, 0))), torch.cat(ups, 0))
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
  elif torch.len(group.carried) > 0:
    own = __torch__.lora.own(x, group)
    changed = torch.zeros([torch.size(own, 0), size], dtype=ops.prim.dtype(x), device=ops.prim.device(x))
    alone = __torch__.lora.Group(0, group.rows, 0, group.count, True, group.gather, group.valid, group.places,
      group.owners, group.foreign, group.count, group.adapters, group.carried)
    _0 = __torch__.lora.change_run(changed, own, [target], first, size, alone)
  else:
    inner = __torch__.lora.lowered(__torch__.lora.rectangle(x, group), [target], [0], group)
    outer = __torch__.lora.raised(inner, [target], [0], first, size, group)
    changed = torch.index_select(torch.view(outer, [-1, size]), 0, group.valid)
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
  changed = torch.mm(torch.mm(x, torch.t(down)), torch.narrow(up, 1, first, size))
  if torch.numel(shift) > 0:
    changed = torch.add(changed, torch.narrow(shift, 0, first, size))
  return changed


# Adds to y [T, out] in place what each row's own adapter makes of its tokens, in products over a rectangle: in one down and
# one up for all targets whose matrices are alike.
def change_rows(y: Tensor,
    x: Tensor,
    targets: List[int],
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  parts = annotate(List[int], [])
  for part in range(torch.len(targets)):
    if __torch__.lora.changes(group.adapters, targets[part]):
      _0 = torch.append(parts, part)
  if torch.len(parts) > 0:
    tokens = __torch__.lora.rectangle(x, group)
    if __torch__.lora.alike(group.adapters[0], targets, parts):
      _1 = __torch__.lora.change_parts(y, tokens, targets, parts, first, size, group)
    else:
      for index in range(torch.len(parts)):
        _2 = __torch__.lora.change_parts(y, tokens, targets, [parts[index]], first, size, group)
  return y


# Whether all of an adapter's matrices for these parts of a product have one shape. The parts themselves are at one distance,
# as a product has three at most.
def alike(adapter: List[Tensor],
    targets: List[int],
    parts: List[int]) -> bool:
  same = True
  number = torch.mul(targets[parts[0]], 3)
  for index in range(1, torch.len(parts)):
    other = torch.mul(targets[parts[index]], 3)
    ranks = torch.size(adapter[other], 0) == torch.size(adapter[number], 0)
    shifts = torch.numel(adapter[torch.add(other, 2)]) == torch.numel(adapter[torch.add(number, 2)])
    same = same and ranks and shifts
  return same


# The same for parts [N] of the product that are alike, of a rectangle's tokens [S, W, in].
def change_parts(y: Tensor,
    tokens: Tensor,
    targets: List[int],
    parts: List[int],
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  inner = __torch__.lora.lowered(tokens, targets, parts, group)
  outer = __torch__.lora.raised(inner, targets, parts, first, size, group)
  each = torch.view(outer, [torch.len(parts), -1, size])
  every = torch.transpose(torch.view(y, [torch.size(y, 0), -1, size]), 0, 1)
  step = 1
  if torch.len(parts) > 1:
    step = torch.sub(parts[1], parts[0])
  columns = torch.slice(every, 0, parts[0], torch.add(parts[-1], 1), step)
  return __torch__.lora.add(columns, torch.index_select(each, 1, group.valid), group)


# What is lowered of a rectangle's tokens [S, W, in] for each part in turn: [N * S, W, r].
def lowered(tokens: Tensor,
    targets: List[int],
    parts: List[int],
    group: __torch__.lora.Group) -> Tensor:
  rows = torch.size(tokens, 0)
  downs = annotate(List[Tensor], [])
  for row in range(torch.len(group.adapters)):
    adapter = group.adapters[row]
    for index in range(torch.len(parts)):
      _0 = torch.append(downs, adapter[torch.mul(targets[parts[index]], 3)])
  down = torch.view(torch.cat(downs, 0), [rows, -1, torch.size(tokens, 2)])
  inner = torch.bmm(tokens, torch.transpose(down, 1, 2))
  if torch.len(parts) > 1:
    apart = torch.view(inner, [rows, group.width, torch.len(parts), -1])
    inner = torch.flatten(torch.permute(apart, [2, 0, 1, 3]), 0, 1)
  return inner


# What is lowered [N * S, W, r] raised by each row's own adapter: [N * S, W, size].
def raised(inner: Tensor,
    targets: List[int],
    parts: List[int],
    first: int,
    size: int,
    group: __torch__.lora.Group) -> Tensor:
  ups = __torch__.lora.stacked(group, targets, parts, 1)
  outer = torch.bmm(inner, torch.narrow(ups, 2, first, size))
  if torch.numel(group.adapters[0][torch.add(torch.mul(targets[parts[0]], 3), 2)]) > 0:
    shifts = __torch__.lora.stacked(group, targets, parts, 2)
    outer = torch.add_(outer, torch.unsqueeze(torch.narrow(shifts, 1, first, size), 1))
  return outer


# Of the three tensors that each row's adapter has for each part one, the up (1) or the shift (2), part by part: [N * S, ...].
def stacked(group: __torch__.lora.Group,
    targets: List[int],
    parts: List[int],
    which: int) -> Tensor:
  own = annotate(List[Tensor], [])
  for index in range(torch.len(parts)):
    number = torch.add(torch.mul(targets[parts[index]], 3), which)
    for row in range(torch.len(group.adapters)):
      _0 = torch.append(own, group.adapters[row][number])
  return torch.stack(own, 0)


# The tokens of a group's rows out of x [T, in]: [S, W, in].
def rectangle(x: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  return torch.view(torch.index_select(x, 0, group.gather), [-1, group.width, torch.size(x, 1)])


# The adapter of a group's row, by the row's number in the group.
def adapter_of(group: __torch__.lora.Group,
    number: int) -> List[Tensor]:
  if torch.len(group.adapters) == 1:
    adapter = group.adapters[0]
  else:
    adapter = group.adapters[number]
  return adapter


# What a product of an input that rows share [N, in] is for one row: from the product itself [N, out].
def shared_input(product: Tensor,
    x: Tensor,
    target: int,
    adapter: List[Tensor]) -> Tensor:
  return torch.add(product, __torch__.lora.change_alike(x, target, 0, torch.size(product, 1), adapter))


# In place: what a group's tokens change by [N, P, size] to their columns of all tokens [N, T, size].
def add(columns: Tensor,
    change: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  if group.adjacent:
    added = torch.add_(torch.narrow(columns, 1, group.first, torch.size(change, 1)), change)
  else:
    own = torch.add(torch.index_select(columns, 1, group.places), change)
    added = torch.index_copy_(columns, 1, group.places, own)
  return added


# In place: a group's tokens [P, out] in y [T, out].
def put(y: Tensor,
    tokens: Tensor,
    group: __torch__.lora.Group) -> Tensor:
  if group.adjacent:
    placed = torch.copy_(torch.narrow(y, 0, group.first, torch.size(tokens, 0)), tokens)
  else:
    placed = torch.index_copy_(y, 0, group.places, tokens)
  return placed


# An adapter as it is kept: downs and shifts as the checkpoint has them ([r, in], [out]), ups ([out, r]) transposed; each
# linear layer's in the type that its product runs in. The first linear layers are the encoder's, which runs in dtype; heads
# run in single precision. A number beyond what the type holds is the largest that it holds: of an infinite one the zero that
# a run adds to its neighbours (change_run) would not be zero. All are copies, since what they were made of is freed by then.
def prepared(tensors: List[Tensor],
    encoder_targets: int,
    dtype: int) -> List[Tensor]:
  kept = annotate(List[Tensor], [])
  for number in range(torch.len(tensors)):
    if torch.floordiv(number, 3) < encoder_targets:
      working = dtype
    else:
      working = 6
    most = __torch__.lora.largest(working)
    tensor = torch.to(torch.clamp(tensors[number], torch.neg(most), most), working)
    if torch.dim(tensor) == 2 and torch.remainder(number, 3) == 1:
      _0 = torch.append(kept, torch.clone(torch.t(tensor), memory_format=0))
    else:
      _1 = torch.append(kept, torch.clone(tensor, memory_format=0))
  return kept


# The largest number that a type holds, in single precision.
def largest(dtype: int) -> float:
  most = 3.4028234663852886e+38
  if dtype == 15:
    most = 3.3895313892515355e+38
  elif dtype == 5:
    most = 65504.
  return most
