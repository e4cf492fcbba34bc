# BERT (arXiv 1810.04805) as functions over prepared weights. Shapes: T tokens of all rows, packed (packing.py); in a
# group n rows of L tokens; H hidden, A heads, D = H / A.


class Linear(NamedTuple):
  weight : Tensor
  bias : Tensor


class LayerNorm(NamedTuple):
  weight : Tensor
  bias : Tensor


class Layer(NamedTuple):
  query_key_value : __torch__.bert.Linear
  attention_output : __torch__.bert.Linear
  attention_norm : __torch__.bert.LayerNorm
  intermediate : __torch__.bert.Linear
  output : __torch__.bert.Linear
  output_norm : __torch__.bert.LayerNorm


class Embeddings(NamedTuple):
  words : Tensor
  positions : Tensor
  norm : __torch__.bert.LayerNorm


def linear_of(weights: Dict[str, Tensor],
    name: str,
    dtype: int) -> __torch__.bert.Linear:
  weight = torch.to(weights[torch.add(name, ".weight")], dtype)
  bias = torch.to(weights[torch.add(name, ".bias")], dtype)
  return __torch__.bert.Linear(weight, bias)


def norm_of(weights: Dict[str, Tensor],
    name: str,
    dtype: int) -> __torch__.bert.LayerNorm:
  weight = torch.to(weights[torch.add(name, ".weight")], dtype)
  bias = torch.to(weights[torch.add(name, ".bias")], dtype)
  return __torch__.bert.LayerNorm(weight, bias)


# One product for query, key and value: a third of the calls, and a wider, faster multiplication.
def query_key_value_of(weights: Dict[str, Tensor],
    name: str,
    dtype: int) -> __torch__.bert.Linear:
  query = __torch__.bert.linear_of(weights, torch.add(name, ".query"), dtype)
  key = __torch__.bert.linear_of(weights, torch.add(name, ".key"), dtype)
  value = __torch__.bert.linear_of(weights, torch.add(name, ".value"), dtype)
  weight = torch.cat([query.weight, key.weight, value.weight], 0)
  bias = torch.cat([query.bias, key.bias, value.bias], 0)
  return __torch__.bert.Linear(weight, bias)


def layer_of(weights: Dict[str, Tensor],
    index: int,
    dtype: int) -> __torch__.bert.Layer:
  name = torch.format("model.encoder_model.encoder.layer.{}", index)
  attention = torch.add(name, ".attention")
  query_key_value = __torch__.bert.query_key_value_of(weights, torch.add(attention, ".self"), dtype)
  attention_output = __torch__.bert.linear_of(weights, torch.add(attention, ".output.dense"), dtype)
  attention_norm = __torch__.bert.norm_of(weights, torch.add(attention, ".output.LayerNorm"), dtype)
  intermediate = __torch__.bert.linear_of(weights, torch.add(name, ".intermediate.dense"), dtype)
  output = __torch__.bert.linear_of(weights, torch.add(name, ".output.dense"), dtype)
  output_norm = __torch__.bert.norm_of(weights, torch.add(name, ".output.LayerNorm"), dtype)
  return __torch__.bert.Layer(query_key_value, attention_output, attention_norm, intermediate, output, output_norm)


def layers_of(weights: Dict[str, Tensor],
    count: int,
    dtype: int) -> List[__torch__.bert.Layer]:
  layers = annotate(List[__torch__.bert.Layer], [])
  for index in range(count):
    _0 = torch.append(layers, __torch__.bert.layer_of(weights, index, dtype))
  return layers


# Only token type 0 is ever used, so its embedding is added to the positions once. The word table keeps the type that
# it comes in.
def embeddings_of(weights: Dict[str, Tensor],
    words: Tensor,
    dtype: int) -> __torch__.bert.Embeddings:
  name = "model.encoder_model.embeddings"
  types = weights[torch.add(name, ".token_type_embeddings.weight")]
  positions = torch.add(weights[torch.add(name, ".position_embeddings.weight")], torch.select(types, 0, 0))
  norm = __torch__.bert.norm_of(weights, torch.add(name, ".LayerNorm"), dtype)
  return __torch__.bert.Embeddings(words, torch.to(positions, dtype), norm)


def layer_norm(x: Tensor,
    norm: __torch__.bert.LayerNorm,
    epsilon: float) -> Tensor:
  return torch.layer_norm(x, [torch.size(x, -1)], norm.weight, norm.bias, epsilon, False)


# Word vectors [T, H] and each token's position in its row [T] to the encoder's input: their sum, normalised.
def embed(words: Tensor,
    positions: Tensor,
    embeddings: __torch__.bert.Embeddings,
    epsilon: float) -> Tensor:
  placed = torch.index_select(embeddings.positions, 0, positions)
  cast = torch.to(words, ops.prim.dtype(placed))
  return __torch__.bert.layer_norm(torch.add(cast, placed), embeddings.norm, epsilon)


# [n, L, A * D] to [n, A, L, D].
def split_heads(x: Tensor,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 2), heads)
  return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), heads, size]), 1, 2)


# Queries [n, A, W, D] over keys and values [n, A, L, D]: [n, W, H]. Under autograd in single precision, since on the
# CPU its backward pass is several times faster than that of bf16.
def attend(query: Tensor,
    key: Tensor,
    value: Tensor) -> Tensor:
  dtype = ops.prim.dtype(query)
  if ops.prim.requires_grad(query):
    working = 6
  else:
    working = dtype
  context = torch.scaled_dot_product_attention(torch.to(query, working), torch.to(key, working),
    torch.to(value, working), None, 0., False)
  return torch.to(torch.flatten(torch.transpose(context, 1, 2), 2, 3), dtype)


def feed_forward(x: Tensor,
    layer: __torch__.bert.Layer,
    epsilon: float) -> Tensor:
  raised = torch.gelu(torch.linear(x, layer.intermediate.weight, layer.intermediate.bias))
  lowered = torch.linear(raised, layer.output.weight, layer.output.bias)
  return __torch__.bert.layer_norm(torch.add(lowered, x), layer.output_norm, epsilon)


def after_attention(x: Tensor,
    context: Tensor,
    layer: __torch__.bert.Layer,
    epsilon: float) -> Tensor:
  projected = torch.linear(context, layer.attention_output.weight, layer.attention_output.bias)
  attended = __torch__.bert.layer_norm(torch.add(projected, x), layer.attention_norm, epsilon)
  return __torch__.bert.feed_forward(attended, layer, epsilon)


# One encoder layer, [T, H] to [T, H]: self-attention, then feed-forward, each with residual and norm after it.
def encode_layer(x: Tensor,
    layer: __torch__.bert.Layer,
    groups: __torch__.packing.Groups,
    heads: int,
    epsilon: float) -> Tensor:
  projected = torch.linear(x, layer.query_key_value.weight, layer.query_key_value.bias)
  rectangles = __torch__.packing.split(projected, groups.rows, groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    query, key, value, = torch.chunk(rectangles[index], 3, 2)
    split_query = __torch__.bert.split_heads(query, heads)
    split_key = __torch__.bert.split_heads(key, heads)
    split_value = __torch__.bert.split_heads(value, heads)
    _0 = torch.append(contexts, __torch__.bert.attend(split_query, split_key, split_value))
  return __torch__.bert.after_attention(x, __torch__.packing.join(contexts), layer, epsilon)


# One encoder layer for some tokens only: wanted [W, H], widths of them a row of each group, ask, all of x [T, H]
# answers. The last layer's states of the other tokens are never read, so they need not be computed.
def encode_layer_for(wanted: Tensor,
    widths: List[int],
    x: Tensor,
    layer: __torch__.bert.Layer,
    groups: __torch__.packing.Groups,
    heads: int,
    epsilon: float) -> Tensor:
  queries, keys_values, = __torch__.bert.query_and_key_value(wanted, x, layer)
  asking = __torch__.packing.split(queries, groups.rows, widths)
  answering = __torch__.packing.split(keys_values, groups.rows, groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(asking)):
    key, value, = torch.chunk(answering[index], 2, 2)
    query = __torch__.bert.split_heads(asking[index], heads)
    split_key = __torch__.bert.split_heads(key, heads)
    split_value = __torch__.bert.split_heads(value, heads)
    _0 = torch.append(contexts, __torch__.bert.attend(query, split_key, split_value))
  return __torch__.bert.after_attention(wanted, __torch__.packing.join(contexts), layer, epsilon)


# Queries of wanted [W, H], keys and values of all of x [T, H]: [W, H] and [T, 2 * H].
def query_and_key_value(wanted: Tensor,
    x: Tensor,
    layer: __torch__.bert.Layer) -> Tuple[Tensor, Tensor]:
  size = torch.size(x, 1)
  fused = layer.query_key_value
  query_weight, key_value_weight, = torch.split_with_sizes(fused.weight, [size, torch.mul(size, 2)], 0)
  query_bias, key_value_bias, = torch.split_with_sizes(fused.bias, [size, torch.mul(size, 2)], 0)
  queries = torch.linear(wanted, query_weight, query_bias)
  return (queries, torch.linear(x, key_value_weight, key_value_bias))


# Layers from first up to, not including, last.
def encode_layers(x: Tensor,
    layers: List[__torch__.bert.Layer],
    first: int,
    last: int,
    groups: __torch__.packing.Groups,
    heads: int,
    epsilon: float) -> Tensor:
  hidden = x
  for index in range(torch.sub(last, first)):
    hidden = __torch__.bert.encode_layer(hidden, layers[torch.add(first, index)], groups, heads, epsilon)
  return hidden
