# DeBERTa v2 and v3 (arXiv 2006.03654, 2111.09543) as functions over prepared weights; packed as the module `encoder`.
# Attention adds to what a query and a key have to say to each other what the query has to say to the key's distance
# (c2p) and the key to the query's (p2c). Shapes: T tokens of all rows, packed (packing.py); in a group n rows of L tokens
# and V = 2 * L - 1 distances; H hidden, A heads, D = H / A; R relative embeddings.


# Position keys [R, H] are what queries meet, position queries [R, H] what keys meet; empty where the model has none.
# Targets are those of the linear layers that made them, by which adapters know them.
class Layer(NamedTuple):
  query_key_value : __torch__.linear.Linear
  position_keys : Tensor
  position_queries : Tensor
  position_key_target : List[int]
  position_query_target : List[int]
  attention_output : __torch__.linear.Linear
  attention_norm : __torch__.linear.LayerNorm
  intermediate : __torch__.linear.Linear
  output : __torch__.linear.Linear
  output_norm : __torch__.linear.LayerNorm


class Apart(NamedTuple):
  query : __torch__.linear.Linear
  key_value : __torch__.linear.Linear


# A convolution over neighbouring tokens beside the first layer.
class Convolution(NamedTuple):
  weight : Tensor
  bias : Tensor
  norm : __torch__.linear.LayerNorm
  activation : int
  groups : int


class Encoder(NamedTuple):
  words : Tensor
  added : Optional[Tensor]
  projection : Optional[__torch__.linear.Linear]
  norm : __torch__.linear.LayerNorm
  relative : Tensor
  layers : List[__torch__.encoder.Layer]
  apart : __torch__.encoder.Apart
  convolution : Optional[__torch__.encoder.Convolution]
  heads : int
  buckets : int
  farthest : int
  scale : float
  epsilon : float


# The words' table comes apart and keeps its type, since training never changes it.
def encoder_of(source: __torch__.linear.Source,
    words: Tensor,
    integers: Dict[str, int],
    numbers: Dict[str, float],
    dtype: int) -> __torch__.encoder.Encoder:
  norm = __torch__.linear.norm_of(source, "model.encoder_model.embeddings.LayerNorm", dtype)
  relative = __torch__.encoder.relative_of(source, numbers["layer_norm_epsilon"])
  layers = annotate(List[__torch__.encoder.Layer], [])
  for index in range(integers["layers"]):
    _0 = torch.append(layers, __torch__.encoder.layer_of(source, index, relative, integers, dtype))
  last = torch.sub(integers["layers"], 1)
  projection = annotate(Optional[__torch__.linear.Linear], None)
  if torch.__contains__(source.weights, "model.encoder_model.embeddings.embed_proj.weight"):
    projection = __torch__.linear.linear_of(source, "model.encoder_model.embeddings.embed_proj", dtype)
  convolution = annotate(Optional[__torch__.encoder.Convolution], None)
  if torch.__contains__(source.weights, "model.encoder_model.encoder.conv.conv.weight"):
    convolution = __torch__.encoder.convolution_of(source, integers, dtype)
  return __torch__.encoder.Encoder(words, __torch__.encoder.added_of(source, integers["positions"], dtype), projection,
    norm, torch.to(relative, dtype), layers, __torch__.encoder.apart_of(source, last, dtype), convolution,
    integers["heads"], integers["buckets"], integers["farthest"], numbers["scale"], numbers["layer_norm_epsilon"])


def words_of(weights: Dict[str, Tensor],
    dtype: int) -> Tensor:
  return torch.to(weights["model.encoder_model.embeddings.word_embeddings.weight"], dtype)


# What is added to every word by its position [positions, E], token type 0 included; for most models there is nothing.
def added_of(source: __torch__.linear.Source,
    positions: int,
    dtype: int) -> Optional[Tensor]:
  position_name = "model.encoder_model.embeddings.position_embeddings.weight"
  type_name = "model.encoder_model.embeddings.token_type_embeddings.weight"
  added = annotate(Optional[Tensor], None)
  if torch.__contains__(source.weights, position_name):
    table = source.weights[position_name]
    if torch.__contains__(source.weights, type_name):
      table = torch.add(table, torch.select(source.weights[type_name], 0, 0))
    added = torch.to(table, dtype)
  elif torch.__contains__(source.weights, type_name):
    only = torch.slice(source.weights[type_name], 0, 0, 1, 1)
    added = torch.to(torch.expand(only, [positions, -1]), dtype)
  return added


# Relative embeddings [R, H], normed where the model norms them; none without relative attention.
def relative_of(source: __torch__.linear.Source,
    epsilon: float) -> Tensor:
  name = "model.encoder_model.encoder.rel_embeddings.weight"
  if torch.__contains__(source.weights, name):
    relative = source.weights[name]
    if torch.__contains__(source.weights, "model.encoder_model.encoder.LayerNorm.weight"):
      norm = __torch__.linear.norm_of(source, "model.encoder_model.encoder.LayerNorm", 6)
      relative = __torch__.linear.layer_norm(relative, norm, epsilon)
  else:
    relative = torch.zeros([0])
  return relative


def layer_name(index: int) -> str:
  return torch.format("model.encoder_model.encoder.layer.{}", index)


def layer_of(source: __torch__.linear.Source,
    index: int,
    relative: Tensor,
    integers: Dict[str, int],
    dtype: int) -> __torch__.encoder.Layer:
  name = __torch__.encoder.layer_name(index)
  own = torch.add(name, ".attention.self")
  key_name = torch.add(own, ".key_proj")
  query_name = torch.add(own, ".query_proj")
  # Where keys and queries of positions are not those of the content, they have projections of their own.
  position_key_name = key_name
  position_query_name = query_name
  if integers["shares_keys"] == 0:
    position_key_name = torch.add(own, ".pos_key_proj")
    position_query_name = torch.add(own, ".pos_query_proj")
  attention_norm = torch.add(name, ".attention.output.LayerNorm")
  raising = __torch__.linear.feed_forward_of(source, attention_norm)
  lowering = __torch__.linear.feed_forward_of(source, "")
  return __torch__.encoder.Layer(
    __torch__.linear.joined(source, [query_name, key_name, torch.add(own, ".value_proj")], dtype),
    __torch__.encoder.positions_of(source, position_key_name, relative, integers["content_to_position"], dtype),
    __torch__.encoder.positions_of(source, position_query_name, relative, integers["position_to_content"], dtype),
    __torch__.linear.targets_of(source, [position_key_name]),
    __torch__.linear.targets_of(source, [position_query_name]),
    __torch__.linear.linear_of(source, torch.add(name, ".attention.output.dense"), dtype),
    __torch__.linear.norm_of(source, attention_norm, dtype),
    __torch__.linear.linear_of(raising, torch.add(name, ".intermediate.dense"), dtype),
    __torch__.linear.linear_of(lowering, torch.add(name, ".output.dense"), dtype),
    __torch__.linear.norm_of(source, torch.add(name, ".output.LayerNorm"), dtype))


# Relative embeddings through a projection [R, H], once and for all.
def positions_of(source: __torch__.linear.Source,
    name: str,
    relative: Tensor,
    wanted: int,
    dtype: int) -> Tensor:
  if wanted == 1:
    weight = source.weights[torch.add(name, ".weight")]
    bias = source.weights[torch.add(name, ".bias")]
    positions = torch.to(torch.linear(relative, weight, bias), dtype)
  else:
    positions = torch.zeros([0])
  return positions


def apart_of(source: __torch__.linear.Source,
    index: int,
    dtype: int) -> __torch__.encoder.Apart:
  own = torch.add(__torch__.encoder.layer_name(index), ".attention.self")
  return __torch__.encoder.Apart(
    __torch__.linear.linear_of(source, torch.add(own, ".query_proj"), dtype),
    __torch__.linear.joined(source, [torch.add(own, ".key_proj"), torch.add(own, ".value_proj")], dtype))


def convolution_of(source: __torch__.linear.Source,
    integers: Dict[str, int],
    dtype: int) -> __torch__.encoder.Convolution:
  name = "model.encoder_model.encoder.conv"
  return __torch__.encoder.Convolution(
    torch.to(source.weights[torch.add(name, ".conv.weight")], dtype),
    torch.to(source.weights[torch.add(name, ".conv.bias")], dtype),
    __torch__.linear.norm_of(source, torch.add(name, ".LayerNorm"), dtype),
    integers["convolution_activation"],
    integers["convolution_groups"])


def layer_count(encoder: __torch__.encoder.Encoder) -> int:
  return torch.len(encoder.layers)


# Word vectors [T, E] to the encoder's input [T, H].
def embed(words: Tensor,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  embedded = torch.to(words, ops.prim.dtype(encoder.norm.weight))
  if not torch.__is__(encoder.added, None):
    added = unchecked_cast(Tensor, encoder.added)
    embedded = torch.add(embedded, torch.index_select(added, 0, batch.positions))
  if not torch.__is__(encoder.projection, None):
    projection = unchecked_cast(__torch__.linear.Linear, encoder.projection)
    embedded = __torch__.linear.apply(embedded, projection, batch.lora)
  return __torch__.linear.layer_norm(embedded, encoder.norm, encoder.epsilon)


# Which relative embedding stands for each distance of a query to a key [V], from L - 1 (the query far behind) to 1 - L.
# Far distances share logarithmic buckets.
def distances_of(length: int,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  distance = torch.arange(torch.sub(length, 1), torch.neg(length), -1, dtype=4,
    device=ops.prim.device(encoder.relative))
  bucket = distance
  span = encoder.farthest
  if encoder.buckets > 0:
    span = encoder.buckets
    middle = torch.floordiv(encoder.buckets, 2)
    size = torch.abs(distance)
    near = torch.lt(size, middle)
    clamped = torch.masked_fill(size, near, torch.sub(middle, 1))
    highest = torch.log(torch.tensor(torch.div(torch.sub(encoder.farthest, 1), middle)))
    scaled = torch.div(torch.log(torch.div(clamped, middle)), highest)
    far = torch.add(torch.ceil(torch.mul(scaled, torch.sub(middle, 1))), middle)
    signed = torch.to(torch.mul(far, torch.sign(distance)), 4)
    bucket = torch.where(torch.le(clamped, middle), distance, signed)
  return torch.clamp(torch.add(bucket, span), 0, torch.sub(torch.mul(span, 2), 1))


# The distances of each group [V], those of equal lengths once.
def all_distances(encoder: __torch__.encoder.Encoder,
    groups: __torch__.packing.Groups) -> List[Tensor]:
  found = annotate(List[Tensor], [])
  for index in range(torch.len(groups.rows)):
    same = index > 0 and groups.lengths[index] == groups.lengths[torch.sub(torch.len(found), 1)]
    if torch.numel(encoder.relative) == 0:
      _0 = torch.append(found, encoder.relative)
    elif same:
      _1 = torch.append(found, found[torch.sub(index, 1)])
    else:
      _2 = torch.append(found, __torch__.encoder.distances_of(groups.lengths[index], encoder))
  return found


# [n, L, A * D] to [A, n, L, D]: heads first, so that all rows of a group meet a head's positions in one product.
def split_heads(x: Tensor,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 2), heads)
  return torch.permute(torch.view(x, [torch.size(x, 0), torch.size(x, 1), heads, size]), [2, 0, 1, 3])


# [A, n, W, D] back to [n, W, A * D].
def join_heads(x: Tensor) -> Tensor:
  return torch.flatten(torch.permute(x, [1, 2, 0, 3]), 2, 3)


# Positions [R, H], and those of rows whose adapters changed their projection, by numbers in the group of rows.
class Positions(NamedTuple):
  shared : Tensor
  rows : List[int]
  own : List[Tensor]


# Queries or keys [A, n, L, D] against the positions of each distance: [A, n, L, V].
def against(x: Tensor,
    positions: __torch__.encoder.Positions,
    distances: Tensor) -> Tensor:
  product = __torch__.encoder.against_shared(x, positions.shared, distances)
  for index in range(torch.len(positions.rows)):
    row = positions.rows[index]
    own = __torch__.encoder.against_shared(torch.narrow(x, 1, row, 1), positions.own[index], distances)
    _0 = torch.copy_(torch.narrow(product, 1, row, 1), own)
  return product


def against_shared(x: Tensor,
    positions: Tensor,
    distances: Tensor) -> Tensor:
  heads = torch.size(x, 0)
  rows = torch.size(x, 1)
  length = torch.size(x, 2)
  size = torch.size(x, 3)
  selected = torch.view(torch.index_select(positions, 0, distances), [-1, heads, size])
  flat = torch.reshape(x, [heads, torch.mul(rows, length), size])
  product = torch.bmm(flat, torch.permute(selected, [1, 2, 0]))
  return torch.view(product, [heads, rows, length, -1])


# Query i and key j stand i - j apart, which is column L - 1 - (i - j) of the distances: a skewed view [A, n, L, L] of what
# each query makes of each distance [A, n, L, V].
def skewed(x: Tensor,
    length: int) -> Tensor:
  distances = torch.size(x, 3)
  each = torch.mul(length, distances)
  shape = [torch.size(x, 0), torch.size(x, 1), length, length]
  strides = [torch.mul(torch.size(x, 1), each), each, torch.sub(distances, 1), 1]
  return torch.as_strided(x, shape, strides, torch.sub(length, 1))


# What distances add to the scores of queries and keys [A, n, L, D]: [A, n, L, L].
def bias_of(query: Tensor,
    key: Tensor,
    position_keys: __torch__.encoder.Positions,
    position_queries: __torch__.encoder.Positions,
    distances: Tensor) -> Optional[Tensor]:
  length = torch.size(query, 2)
  bias = annotate(Optional[Tensor], None)
  if torch.numel(position_keys.shared) > 0:
    product = __torch__.encoder.against(query, position_keys, distances)
    bias = torch.contiguous(__torch__.encoder.skewed(product, length))
  if torch.numel(position_queries.shared) > 0:
    # Seen from key j, query i stands at the mirrored column.
    product = __torch__.encoder.against(key, position_queries, torch.flip(distances, [0]))
    # libtorch copies across strides several times faster than it adds across them.
    seen = torch.contiguous(torch.transpose(__torch__.encoder.skewed(product, length), 2, 3))
    if torch.__is__(bias, None):
      bias = seen
    else:
      bias = torch.add_(unchecked_cast(Tensor, bias), seen)
  return bias


# The same for some queries only [A, n, W, D], at positions [n, W]: [A, n, W, L].
def bias_for(query: Tensor,
    key: Tensor,
    positions: Tensor,
    position_keys: __torch__.encoder.Positions,
    position_queries: __torch__.encoder.Positions,
    distances: Tensor) -> Optional[Tensor]:
  length = torch.size(key, 2)
  heads = torch.size(query, 0)
  ahead = torch.sub(torch.arange(length, dtype=4, device=ops.prim.device(positions)), torch.unsqueeze(positions, 2))
  columns = torch.unsqueeze(torch.add(ahead, torch.sub(length, 1)), 0)
  bias = annotate(Optional[Tensor], None)
  if torch.numel(position_keys.shared) > 0:
    every = __torch__.encoder.against(query, position_keys, distances)
    bias = torch.gather(every, 3, torch.expand(columns, [heads, -1, -1, -1]))
  if torch.numel(position_queries.shared) > 0:
    every = __torch__.encoder.against(key, position_queries, distances)
    seen = torch.expand(torch.transpose(columns, 2, 3), [heads, -1, -1, -1])
    gathered = torch.transpose(torch.gather(every, 3, seen), 2, 3)
    if torch.__is__(bias, None):
      bias = gathered
    else:
      bias = torch.add(unchecked_cast(Tensor, bias), gathered)
  return bias


# Positions of a group of rows that begins with row first.
def adapted(positions: Tensor,
    target: List[int],
    first: int,
    rows: int,
    encoder: __torch__.encoder.Encoder,
    lora: List[__torch__.lora.Group]) -> __torch__.encoder.Positions:
  numbers = annotate(List[int], [])
  own = annotate(List[Tensor], [])
  if torch.len(lora) > 0 and torch.len(target) > 0 and torch.numel(positions) > 0:
    touching = __torch__.lora.touching(lora, target[0])
    for index in range(torch.len(touching)):
      group = touching[index]
      for number in range(torch.len(group.rows)):
        row = torch.sub(group.rows[number], first)
        adapter = __torch__.lora.adapter_of(group, number)
        if row >= 0 and row < rows and torch.numel(adapter[torch.mul(target[0], 3)]) > 0:
          _0 = torch.append(numbers, row)
          _1 = torch.append(own, __torch__.lora.shared_input(positions, encoder.relative, target[0], adapter))
  return __torch__.encoder.Positions(positions, numbers, own)


# Context [n, W, H] of queries [n, W, H] over keys and values [n, L, H].
def attend(query: Tensor,
    key: Tensor,
    value: Tensor,
    positions: Optional[Tensor],
    first: int,
    distances: Tensor,
    layer: __torch__.encoder.Layer,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  positioned = torch.numel(layer.position_keys) > 0 or torch.numel(layer.position_queries) > 0
  plainly = positioned and __torch__.exponentials.serve(query)
  scale = encoder.scale
  if plainly:
    scale = __torch__.exponentials.binary_scale(scale)
  # Scaled once, the queries scale all that they meet; keys that meet positions are scaled apart.
  asking = torch.mul(__torch__.encoder.split_heads(query, encoder.heads), scale)
  answering = __torch__.encoder.split_heads(key, encoder.heads)
  values = __torch__.encoder.split_heads(value, encoder.heads)
  rows = torch.size(query, 0)
  keys = __torch__.encoder.adapted(layer.position_keys, layer.position_key_target, first, rows, encoder, batch.lora)
  queries = __torch__.encoder.adapted(layer.position_queries, layer.position_query_target, first, rows, encoder,
    batch.lora)
  meeting = torch.mul(answering, scale)
  if torch.__is__(positions, None):
    bias = __torch__.encoder.bias_of(asking, meeting, keys, queries, distances)
  else:
    own = unchecked_cast(Tensor, positions)
    bias = __torch__.encoder.bias_for(asking, meeting, own, keys, queries, distances)
  if plainly:
    centred = torch.sub(answering, torch.mean(answering, [2], True))
    context = __torch__.exponentials.attend(asking, centred, values, bias, 1., 1)
  else:
    fused = torch.scaled_dot_product_attention(asking, answering, values, bias, 0., False, scale=1.)
    context = __torch__.attention.with_what_is_no_number(fused, answering)
  return __torch__.encoder.join_heads(context)


def after_attention(x: Tensor,
    context: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float,
    lora: List[__torch__.lora.Group]) -> Tensor:
  projected = __torch__.linear.apply(context, layer.attention_output, lora)
  attended = __torch__.linear.layer_norm(torch.add(projected, x), layer.attention_norm, epsilon)
  raised = __torch__.linear.apply_gelu(attended, layer.intermediate, lora)
  lowered = __torch__.linear.apply(raised, layer.output, lora)
  return __torch__.linear.layer_norm(torch.add(lowered, attended), layer.output_norm, epsilon)


# One encoder layer, [T, H] to [T, H].
def encode_layer(x: Tensor,
    layer: __torch__.encoder.Layer,
    distances: List[Tensor],
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  projected = __torch__.linear.apply(x, layer.query_key_value, batch.lora)
  rectangles = __torch__.packing.split(projected, batch.groups.rows, batch.groups.lengths)
  contexts = annotate(List[Tensor], [])
  first = 0
  for index in range(torch.len(rectangles)):
    query, key, value, = torch.chunk(rectangles[index], 3, 2)
    context = query
    if index != batch.groups.filler:
      context = __torch__.encoder.attend(query, key, value, None, first, distances[index], layer, encoder, batch)
    _0 = torch.append(contexts, context)
    first = torch.add(first, batch.groups.rows[index])
  return __torch__.encoder.after_attention(x, __torch__.packing.join(contexts), layer, encoder.epsilon, batch.lora)


# Layers from first up to, not including, last.
def encode_layers(x: Tensor,
    encoder: __torch__.encoder.Encoder,
    first: int,
    last: int,
    batch: __torch__.batch.Batch) -> Tensor:
  distances = __torch__.encoder.all_distances(encoder, batch.groups)
  hidden = x
  for index in range(torch.sub(last, first)):
    number = torch.add(first, index)
    encoded = __torch__.encoder.encode_layer(hidden, encoder.layers[number], distances, encoder, batch)
    if number == 0 and not torch.__is__(encoder.convolution, None):
      convolution = unchecked_cast(__torch__.encoder.Convolution, encoder.convolution)
      encoded = __torch__.encoder.convolve(hidden, encoded, convolution, encoder.epsilon, batch.groups)
    hidden = encoded
  return hidden


# Each token's neighbours in the first layer's input [T, H], added to its output [T, H].
def convolve(x: Tensor,
    encoded: Tensor,
    convolution: __torch__.encoder.Convolution,
    epsilon: float,
    groups: __torch__.packing.Groups) -> Tensor:
  rectangles = __torch__.packing.split(x, groups.rows, groups.lengths)
  padding = torch.floordiv(torch.sub(torch.size(convolution.weight, 2), 1), 2)
  convolved = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    channels = torch.contiguous(torch.transpose(rectangles[index], 1, 2))
    found = torch.conv1d(channels, convolution.weight, convolution.bias, [1], [padding], [1], convolution.groups)
    _0 = torch.append(convolved, torch.transpose(found, 1, 2))
  found = __torch__.packing.join(convolved)
  if convolution.activation == 0:
    active = torch.tanh(found)
  elif convolution.activation == 1:
    active = torch.gelu(found)
  else:
    active = torch.relu(found)
  return __torch__.linear.layer_norm(torch.add(encoded, active), convolution.norm, epsilon)


# The last layer for some tokens only, since the others' states are never read: of all of x [T, H] answer those at the
# places asked for [W, H].
def encode_last_for(x: Tensor,
    asked: __torch__.batch.Asked,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  layer = encoder.layers[torch.sub(torch.len(encoder.layers), 1)]
  wanted = torch.index_select(x, 0, asked.places)
  positions = torch.unsqueeze(torch.index_select(batch.positions, 0, asked.places), 1)
  queries = __torch__.linear.apply(wanted, encoder.apart.query, asked.lora)
  keys_values = __torch__.linear.apply(x, encoder.apart.key_value, batch.lora)
  asking = __torch__.packing.split(queries, batch.groups.rows, asked.widths)
  standing = __torch__.packing.split(positions, batch.groups.rows, asked.widths)
  answering = __torch__.packing.split(keys_values, batch.groups.rows, batch.groups.lengths)
  distances = __torch__.encoder.all_distances(encoder, batch.groups)
  contexts = annotate(List[Tensor], [])
  first = 0
  for index in range(torch.len(asking)):
    key, value, = torch.chunk(answering[index], 2, 2)
    own = torch.squeeze(standing[index], 2)
    context = asking[index]
    if index != batch.groups.filler:
      context = __torch__.encoder.attend(context, key, value, own, first, distances[index], layer, encoder, batch)
    _0 = torch.append(contexts, context)
    first = torch.add(first, batch.groups.rows[index])
  context = __torch__.packing.join(contexts)
  return __torch__.encoder.after_attention(wanted, context, layer, encoder.epsilon, asked.lora)


# What stands between the last layer and whoever reads the states: nothing.
def finish(x: Tensor,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  return x
