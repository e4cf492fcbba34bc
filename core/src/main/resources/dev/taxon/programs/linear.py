# Products with the weights of a model, and its norms.


# A linear layer, several of the same size that read the same input, joined, or a part of one from its column first on.
# Targets are their numbers among the linear layers of the model, by which adapters know them. In form packed a weight is
# laid out for oneDNN's products; in form int8 it is nothing, and whole numbers stand for it.
class Linear(NamedTuple):
  weight : Tensor
  bias : Optional[Tensor]
  whole : Optional[__torch__.whole.Whole]
  form : str
  targets : List[int]
  first : int


class LayerNorm(NamedTuple):
  weight : Tensor
  bias : Optional[Tensor]


# A checkpoint's tensors by name, the numbers of its linear layers by name, the forms that weights of the encoder take,
# those of feed-forward layers another, and how far the inputs of the linear layers in hand spread [in], where that is
# known. Training needs plain weights.
class Source(NamedTuple):
  weights : Dict[str, Tensor]
  targets : Dict[str, int]
  form : str
  feed_forward : str
  spread : Optional[Tensor]


def source_of(weights: Dict[str, Tensor],
    targets: Dict[str, int],
    form: str,
    feed_forward: str) -> __torch__.linear.Source:
  return __torch__.linear.Source(weights, targets, form, feed_forward, None)


# The source of a feed-forward's linear layers that read what a norm makes; no norm's where its name is empty.
def feed_forward_of(source: __torch__.linear.Source,
    norm: str) -> __torch__.linear.Source:
  form = source.feed_forward
  return __torch__.linear.Source(source.weights, source.targets, form, form, __torch__.linear.spread_of(source, norm))


def linear_of(source: __torch__.linear.Source,
    name: str,
    dtype: int) -> __torch__.linear.Linear:
  return __torch__.linear.joined(source, [name], dtype)


# One product in the place of several: fewer calls, and a wider, faster multiplication.
def joined(source: __torch__.linear.Source,
    names: List[str],
    dtype: int) -> __torch__.linear.Linear:
  weights = annotate(List[Tensor], [])
  biases = annotate(List[Tensor], [])
  for index in range(torch.len(names)):
    name = names[index]
    _0 = torch.append(weights, source.weights[torch.add(name, ".weight")])
    if torch.__contains__(source.weights, torch.add(name, ".bias")):
      _1 = torch.append(biases, source.weights[torch.add(name, ".bias")])
  weight = __torch__.lora.together(weights, 0)
  bias = annotate(Optional[Tensor], None)
  if torch.len(biases) > 0:
    bias = __torch__.lora.together(biases, 0)
  return __torch__.linear.laid_out(source, weight, bias, __torch__.linear.targets_of(source, names), 0, dtype)


# Some columns of a linear layer's product, for those who need no others or treat these in a way of their own.
def part_of(source: __torch__.linear.Source,
    name: str,
    first: int,
    size: int,
    dtype: int) -> __torch__.linear.Linear:
  weight = torch.narrow(source.weights[torch.add(name, ".weight")], 0, first, size)
  bias = annotate(Optional[Tensor], None)
  if torch.__contains__(source.weights, torch.add(name, ".bias")):
    bias = torch.narrow(source.weights[torch.add(name, ".bias")], 0, first, size)
  return __torch__.linear.laid_out(source, weight, bias, __torch__.linear.targets_of(source, [name]), first, dtype)


def laid_out(source: __torch__.linear.Source,
    weight: Tensor,
    bias: Optional[Tensor],
    targets: List[int],
    first: int,
    dtype: int) -> __torch__.linear.Linear:
  # Heads run in single precision, to which no form adds anything.
  form = source.form
  if dtype == 6:
    form = "plain"
  whole = annotate(Optional[__torch__.whole.Whole], None)
  working = dtype
  if form == "int8":
    # From the checkpoint's own numbers, so that they are rounded once.
    whole = __torch__.whole.of(weight, source.spread)
    weight = torch.empty([0])
    working = 6
  else:
    weight = torch.to(weight, dtype)
    if form == "packed":
      weight = ops.mkldnn._reorder_linear_weight(weight, None)
  if bias is not None:
    bias = torch.to(bias, working)
  return __torch__.linear.Linear(weight, bias, whole, form, targets, first)


# How far what a norm makes spreads [H], within three deviations.
def spread_of(source: __torch__.linear.Source,
    norm: str) -> Optional[Tensor]:
  spread = annotate(Optional[Tensor], None)
  if norm != "":
    found = torch.mul(torch.abs(source.weights[torch.add(norm, ".weight")]), 3.)
    if torch.__contains__(source.weights, torch.add(norm, ".bias")):
      found = torch.add(found, torch.abs(source.weights[torch.add(norm, ".bias")]))
    spread = found
  return spread


# The numbers of linear layers; none in training, which adapts nothing.
def targets_of(source: __torch__.linear.Source,
    names: List[str]) -> List[int]:
  targets = annotate(List[int], [])
  for index in range(torch.len(names)):
    if torch.__contains__(source.targets, names[index]):
      _0 = torch.append(targets, source.targets[names[index]])
  return targets


def norm_of(source: __torch__.linear.Source,
    name: str,
    dtype: int) -> __torch__.linear.LayerNorm:
  weight = torch.to(source.weights[torch.add(name, ".weight")], dtype)
  bias = annotate(Optional[Tensor], None)
  if torch.__contains__(source.weights, torch.add(name, ".bias")):
    bias = torch.to(source.weights[torch.add(name, ".bias")], dtype)
  return __torch__.linear.LayerNorm(weight, bias)


def layer_norm(x: Tensor,
    norm: __torch__.linear.LayerNorm,
    epsilon: float) -> Tensor:
  return torch.layer_norm(x, [torch.size(x, -1)], norm.weight, norm.bias, epsilon, False)


# x [T, in] to [T, out], each row with its own adapter.
def apply(x: Tensor,
    linear: __torch__.linear.Linear,
    lora: List[__torch__.lora.Group]) -> Tensor:
  return __torch__.lora.adapt(__torch__.linear.product(x, linear, "none"), x, linear.targets, linear.first, lora)


# The same and then gelu, in one pass over the product wherever no adapter comes between.
def apply_gelu(x: Tensor,
    linear: __torch__.linear.Linear,
    lora: List[__torch__.lora.Group]) -> Tensor:
  if linear.form != "plain":
    touching = __torch__.lora.touching(lora, linear.targets[0])
    if torch.len(touching) == 0:
      raised = __torch__.linear.product(x, linear, "gelu")
    elif torch.len(touching) == torch.len(lora):
      raised = __torch__.linear.apply_gelu_from(x, linear, lora, touching[0].begin)
    else:
      raised = __torch__.linear.apply_gelu_to_some(x, linear, touching)
  else:
    raised = torch.gelu(__torch__.linear.apply(x, linear, lora))
  return raised


# The same where adapters change all tokens from one on, and none before it: there gelu is part of the product, as it is where
# nobody has an adapter, so that the bits are the same. Both products are of rounded numbers of tokens.
def apply_gelu_from(x: Tensor,
    linear: __torch__.linear.Linear,
    lora: List[__torch__.lora.Group],
    begin: int) -> Tensor:
  if begin > 0:
    total = torch.size(x, 0)
    count = torch.sub(total, begin)
    before = ops.prim.min(__torch__.lora.rounded(begin), total)
    after = ops.prim.min(__torch__.lora.rounded(count), total)
    plain = __torch__.linear.product(torch.narrow(x, 0, 0, before), linear, "gelu")
    own = __torch__.linear.product(torch.narrow(x, 0, torch.sub(total, after), after), linear, "none")
    raised = torch.cat([torch.narrow(plain, 0, 0, begin), torch.narrow(own, 0, torch.sub(after, count), count)], 0)
    _0 = __torch__.lora.adapt(raised, x, linear.targets, linear.first, lora)
    _1 = torch.gelu_(torch.narrow(raised, 0, begin, count))
  else:
    raised = torch.gelu(__torch__.linear.apply(x, linear, lora))
  return raised


# The same where some rows' adapters change the layer and others' do not: rows of the latter keep gelu in their product.
def apply_gelu_to_some(x: Tensor,
    linear: __torch__.linear.Linear,
    touching: List[__torch__.lora.Group]) -> Tensor:
  raised = __torch__.linear.product(x, linear, "gelu")
  for index in range(torch.len(touching)):
    group = touching[index]
    own = __torch__.linear.product(__torch__.lora.own(x, group), linear, "none")
    change = __torch__.lora.change(x, linear.targets[0], linear.first, torch.size(own, 1), group)
    _0 = __torch__.lora.put(raised, torch.gelu(torch.add(own, change)), group)
  return raised


def product(x: Tensor,
    linear: __torch__.linear.Linear,
    activation: str) -> Tensor:
  if linear.form == "packed":
    scalars = annotate(List[Optional[number]], [])
    y = ops.mkldnn._linear_pointwise(x, linear.weight, linear.bias, activation, scalars, "none")
  elif linear.form == "int8":
    y = __torch__.whole.product(x, unchecked_cast(__torch__.whole.Whole, linear.whole), linear.bias,
      activation == "gelu")
  else:
    y = torch.linear(x, linear.weight, linear.bias)
  return y
