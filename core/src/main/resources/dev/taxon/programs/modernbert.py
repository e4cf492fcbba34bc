# ModernBERT (arXiv 2412.13663) as functions over prepared weights; packed as the module `encoder`. Shapes: T tokens of
# all rows, packed (packing.py); in a group n rows of L tokens; H hidden, A heads, D = H / A, I the feed-forward's width.


# Local layers see a window, the others whole rows. The first has no norm before its attention: the embeddings have one.
class Layer(NamedTuple):
  local : bool
  attention_norm : Optional[__torch__.linear.LayerNorm]
  query_key_value : __torch__.linear.Linear
  attention_output : __torch__.linear.Linear
  feed_forward_norm : __torch__.linear.LayerNorm
  activated : __torch__.linear.Linear
  gate : __torch__.linear.Linear
  output : __torch__.linear.Linear


# The products of a layer in which some tokens ask and others answer.
class Apart(NamedTuple):
  query : __torch__.linear.Linear
  key_value : __torch__.linear.Linear


# Apart are the last layers' products, as many as the model needs. Speeds are those of rotary.py.
class Encoder(NamedTuple):
  words : Tensor
  norm : __torch__.linear.LayerNorm
  layers : List[__torch__.encoder.Layer]
  apart : List[__torch__.encoder.Apart]
  final_norm : __torch__.linear.LayerNorm
  heads : int
  epsilon : float
  global_speeds : Tensor
  local_speeds : Tensor
  window : __torch__.attention.Window


# The words' table comes apart and keeps its type, since training never changes it.
def encoder_of(source: __torch__.linear.Source,
    words: Tensor,
    integers: Dict[str, int],
    numbers: Dict[str, float],
    dtype: int) -> __torch__.encoder.Encoder:
  norm = __torch__.linear.norm_of(source, "model.encoder_model.embeddings.norm", dtype)
  layers = annotate(List[__torch__.encoder.Layer], [])
  for index in range(integers["layers"]):
    local = integers[torch.format("local.{}", index)] == 1
    _0 = torch.append(layers, __torch__.encoder.layer_of(source, index, local, integers["intermediate"], dtype))
  apart = annotate(List[__torch__.encoder.Apart], [])
  size = torch.size(words, 1)
  for step in range(integers["layers_apart"]):
    index = torch.add(torch.sub(integers["layers"], integers["layers_apart"]), step)
    _1 = torch.append(apart, __torch__.encoder.apart_of(source, index, size, dtype))
  head = torch.floordiv(size, integers["heads"])
  return __torch__.encoder.Encoder(words, norm, layers, apart,
    __torch__.linear.norm_of(source, "model.encoder_model.final_norm", dtype),
    integers["heads"], numbers["layer_norm_epsilon"],
    __torch__.rotary.speeds(numbers["global_theta"], head, words),
    __torch__.rotary.speeds(numbers["local_theta"], head, words),
    __torch__.attention.window_of(integers["reach"], norm.weight))


def words_of(weights: Dict[str, Tensor],
    dtype: int) -> Tensor:
  return torch.to(weights["model.encoder_model.embeddings.tok_embeddings.weight"], dtype)


def layer_name(index: int) -> str:
  return torch.format("model.encoder_model.layers.{}", index)


# Half of the feed-forward's first product is activated and the other half its gate: products of their own, since the
# activation then comes with the first of them.
def layer_of(source: __torch__.linear.Source,
    index: int,
    local: bool,
    width: int,
    dtype: int) -> __torch__.encoder.Layer:
  name = __torch__.encoder.layer_name(index)
  raised = torch.add(name, ".mlp.Wi")
  attention_norm = annotate(Optional[__torch__.linear.LayerNorm], None)
  if index > 0:
    attention_norm = __torch__.linear.norm_of(source, torch.add(name, ".attn_norm"), dtype)
  norm = torch.add(name, ".mlp_norm")
  raising = __torch__.linear.feed_forward_of(source, norm)
  lowering = __torch__.linear.feed_forward_of(source, "")
  return __torch__.encoder.Layer(local, attention_norm,
    __torch__.linear.linear_of(source, torch.add(name, ".attn.Wqkv"), dtype),
    __torch__.linear.linear_of(source, torch.add(name, ".attn.Wo"), dtype),
    __torch__.linear.norm_of(source, norm, dtype),
    __torch__.linear.part_of(raising, raised, 0, width, dtype),
    __torch__.linear.part_of(raising, raised, width, width, dtype),
    __torch__.linear.linear_of(lowering, torch.add(name, ".mlp.Wo"), dtype))


def apart_of(source: __torch__.linear.Source,
    index: int,
    size: int,
    dtype: int) -> __torch__.encoder.Apart:
  name = torch.add(__torch__.encoder.layer_name(index), ".attn.Wqkv")
  return __torch__.encoder.Apart(
    __torch__.linear.part_of(source, name, 0, size, dtype),
    __torch__.linear.part_of(source, name, size, torch.mul(size, 2), dtype))


def layer_count(encoder: __torch__.encoder.Encoder) -> int:
  return torch.len(encoder.layers)


# Word vectors [T, H] to the encoder's input: normalised; positions come in with attention.
def embed(words: Tensor,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  cast = torch.to(words, ops.prim.dtype(encoder.norm.weight))
  return __torch__.linear.layer_norm(cast, encoder.norm, encoder.epsilon)


def read_by_attention(x: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float) -> Tensor:
  norm = layer.attention_norm
  if norm is None:
    read = x
  else:
    read = __torch__.linear.layer_norm(x, norm, epsilon)
  return read


# GeGLU (arXiv 2002.05202): gelu(x W) * (x V), lowered again; x [T, H].
def feed_forward(x: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float,
    lora: List[__torch__.lora.Group]) -> Tensor:
  read = __torch__.linear.layer_norm(x, layer.feed_forward_norm, epsilon)
  activated = __torch__.linear.apply_gelu(read, layer.activated, lora)
  gated = torch.mul(activated, __torch__.linear.apply(read, layer.gate, lora))
  return torch.add(x, __torch__.linear.apply(gated, layer.output, lora))


def after_attention(x: Tensor,
    context: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float,
    lora: List[__torch__.lora.Group]) -> Tensor:
  attended = torch.add(x, __torch__.linear.apply(context, layer.attention_output, lora))
  return __torch__.encoder.feed_forward(attended, layer, epsilon, lora)


# One encoder layer, [T, H] to [T, H]: self-attention, then feed-forward, each reading what a norm makes of x.
def encode_layer(x: Tensor,
    layer: __torch__.encoder.Layer,
    encoder: __torch__.encoder.Encoder,
    angles: __torch__.rotary.Angles,
    batch: __torch__.batch.Batch) -> Tensor:
  read = __torch__.encoder.read_by_attention(x, layer, encoder.epsilon)
  projected = __torch__.linear.apply(read, layer.query_key_value, batch.lora)
  readable = __torch__.attention.readable(projected)
  rectangles = __torch__.packing.split(readable, batch.groups.rows, batch.groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    if index == batch.groups.filler:
      context = torch.narrow(rectangles[index], 2, 0, torch.size(x, 1))
    else:
      own = __torch__.rotary.angles_until(angles, batch.groups.lengths[index])
      context = __torch__.encoder.attend(rectangles[index], own, layer.local, encoder)
    _0 = torch.append(contexts, context)
  context = torch.to(__torch__.packing.join(contexts), ops.prim.dtype(x))
  return __torch__.encoder.after_attention(x, context, layer, encoder.epsilon, batch.lora)


# Queries, keys and values of whole rows side by side [n, L, 3 * H]: [n, L, H].
def attend(projected: Tensor,
    angles: __torch__.rotary.Angles,
    local: bool,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  parts = __torch__.attention.split_parts(projected, 3, encoder.heads)
  turned = __torch__.rotary.turn(torch.narrow(parts, 0, 0, 2), angles)
  query = torch.select(turned, 0, 0)
  key = torch.select(turned, 0, 1)
  value = torch.select(parts, 0, 2)
  if local:
    context = __torch__.attention.attend_near(query, key, value, encoder.window)
  else:
    context = __torch__.attention.attend(query, key, value, None)
  return context


# Layers from first up to, not including, last.
def encode_layers(x: Tensor,
    encoder: __torch__.encoder.Encoder,
    first: int,
    last: int,
    batch: __torch__.batch.Batch) -> Tensor:
  longest = __torch__.packing.longest(batch.groups)
  far = __torch__.rotary.angles_of(longest, encoder.global_speeds)
  near = __torch__.rotary.angles_of(longest, encoder.local_speeds)
  hidden = x
  for index in range(torch.sub(last, first)):
    layer = encoder.layers[torch.add(first, index)]
    if layer.local:
      angles = near
    else:
      angles = far
    hidden = __torch__.encoder.encode_layer(hidden, layer, encoder, angles, batch)
  return hidden


# The last layer for some tokens only, since the others' states are never read: of all of x [T, H] answer those at the
# places asked for [W, H], widths of them a row of each group, whose adapters are found by their own places.
def encode_last_for(x: Tensor,
    asked: __torch__.batch.Asked,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  layer = encoder.layers[torch.sub(torch.len(encoder.layers), 1)]
  apart = encoder.apart[-1]
  if layer.local:
    speeds = encoder.local_speeds
  else:
    speeds = encoder.global_speeds
  angles = __torch__.rotary.angles_of(__torch__.packing.longest(batch.groups), speeds)
  read = __torch__.encoder.read_by_attention(x, layer, encoder.epsilon)
  queries = __torch__.linear.apply(torch.index_select(read, 0, asked.places), apart.query, asked.lora)
  keys_values = __torch__.linear.apply(read, apart.key_value, batch.lora)
  positions = torch.unsqueeze(torch.index_select(batch.positions, 0, asked.places), 1)
  asking = __torch__.packing.split(__torch__.attention.readable(queries), batch.groups.rows, asked.widths)
  standing = __torch__.packing.split(positions, batch.groups.rows, asked.widths)
  answering = __torch__.packing.split(__torch__.attention.readable(keys_values), batch.groups.rows, batch.groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(asking)):
    context = asking[index]
    if index != batch.groups.filler:
      context = __torch__.encoder.ask(context, torch.squeeze(standing[index], 2), answering[index], angles,
        layer.local, encoder)
    _0 = torch.append(contexts, context)
  wanted = torch.index_select(x, 0, asked.places)
  context = torch.to(__torch__.packing.join(contexts), ops.prim.dtype(x))
  return __torch__.encoder.after_attention(wanted, context, layer, encoder.epsilon, asked.lora)


# Queries [n, W, H] of the tokens at some positions [n, W] over keys and values of all side by side [n, L, 2 * H]:
# [n, W, H].
def ask(queries: Tensor,
    positions: Tensor,
    keys_values: Tensor,
    angles: __torch__.rotary.Angles,
    local: bool,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  asking = __torch__.attention.split_heads(queries, encoder.heads)
  parts = __torch__.attention.split_parts(keys_values, 2, encoder.heads)
  every = __torch__.rotary.angles_until(angles, torch.size(keys_values, 1))
  query = __torch__.rotary.turn(asking, __torch__.rotary.angles_at(angles, positions))
  key = __torch__.rotary.turn(torch.select(parts, 0, 0), every)
  value = torch.select(parts, 0, 1)
  if local:
    context = __torch__.attention.attend_near_at(positions, query, key, value, encoder.window)
  else:
    context = __torch__.attention.attend(query, key, value, None)
  return context


# What stands between the last layer and whoever reads the states: the last norm.
def finish(x: Tensor,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  return __torch__.linear.layer_norm(x, encoder.final_norm, encoder.epsilon)
