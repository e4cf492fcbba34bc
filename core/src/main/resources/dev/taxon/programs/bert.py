# BERT (arXiv 1810.04805) as functions over prepared weights. Shapes: B rows, L tokens, H hidden, A heads, D = H / A.


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


# Word vectors [B, L, H] to the encoder's input: positions 0 to L - 1 are added, and the sum is normalised.
def embed(words: Tensor,
    embeddings: __torch__.bert.Embeddings,
    epsilon: float) -> Tensor:
  positions = torch.slice(embeddings.positions, 0, 0, torch.size(words, 1), 1)
  cast = torch.to(words, ops.prim.dtype(positions))
  return __torch__.bert.layer_norm(torch.add(cast, positions), embeddings.norm, epsilon)


# The additive mask [B, 1, 1, L] that keeps queries from padding; None where no row is padded, which is faster.
def padding_mask(lengths: Tensor,
    width: int,
    dtype: int) -> Optional[Tensor]:
  if bool(torch.all(torch.eq(lengths, width))):
    mask = annotate(Optional[Tensor], None)
  else:
    padded = torch.ge(torch.arange(width), torch.unsqueeze(lengths, 1))
    zeros = torch.zeros(torch.size(padded), dtype=dtype)
    filled = torch.masked_fill(zeros, padded, -1.0e9)
    mask = torch.unsqueeze(torch.unsqueeze(filled, 1), 1)
  return mask


# [B, L, A * D] to [B, A, L, D].
def split_heads(x: Tensor,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 2), heads)
  return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), heads, size]), 1, 2)


# Queries [B, A, W, D] over keys and values [B, A, L, D]: [B, W, H]. Under autograd in single precision, since on the
# CPU its backward pass is several times faster than that of bf16.
def attend(query: Tensor,
    key: Tensor,
    value: Tensor,
    mask: Optional[Tensor]) -> Tensor:
  dtype = ops.prim.dtype(query)
  if ops.prim.requires_grad(query):
    working = 6
  else:
    working = dtype
  if torch.__isnot__(mask, None):
    working_mask = annotate(Optional[Tensor], torch.to(unchecked_cast(Tensor, mask), working))
  else:
    working_mask = annotate(Optional[Tensor], None)
  context = torch.scaled_dot_product_attention(torch.to(query, working), torch.to(key, working),
    torch.to(value, working), working_mask, 0., False)
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


# One encoder layer, [B, L, H] to [B, L, H]: self-attention, then feed-forward, each with residual and norm after it.
def encode_layer(x: Tensor,
    layer: __torch__.bert.Layer,
    mask: Optional[Tensor],
    heads: int,
    epsilon: float) -> Tensor:
  projected = torch.linear(x, layer.query_key_value.weight, layer.query_key_value.bias)
  query, key, value, = torch.chunk(projected, 3, 2)
  split_query = __torch__.bert.split_heads(query, heads)
  split_key = __torch__.bert.split_heads(key, heads)
  split_value = __torch__.bert.split_heads(value, heads)
  context = __torch__.bert.attend(split_query, split_key, split_value, mask)
  return __torch__.bert.after_attention(x, context, layer, epsilon)


# One encoder layer for some positions only: wanted [B, W, H] of x [B, L, H] ask, all of x answers. The last layer's
# states of the other positions are never read, so they need not be computed.
def encode_layer_for(wanted: Tensor,
    x: Tensor,
    layer: __torch__.bert.Layer,
    mask: Optional[Tensor],
    heads: int,
    epsilon: float) -> Tensor:
  size = torch.size(x, 2)
  fused = layer.query_key_value
  query_weight, key_value_weight, = torch.split_with_sizes(fused.weight, [size, torch.mul(size, 2)], 0)
  query_bias, key_value_bias, = torch.split_with_sizes(fused.bias, [size, torch.mul(size, 2)], 0)
  query = __torch__.bert.split_heads(torch.linear(wanted, query_weight, query_bias), heads)
  key, value, = torch.chunk(torch.linear(x, key_value_weight, key_value_bias), 2, 2)
  split_key = __torch__.bert.split_heads(key, heads)
  split_value = __torch__.bert.split_heads(value, heads)
  context = __torch__.bert.attend(query, split_key, split_value, mask)
  return __torch__.bert.after_attention(wanted, context, layer, epsilon)


# Layers from first up to, not including, last.
def encode_layers(x: Tensor,
    layers: List[__torch__.bert.Layer],
    first: int,
    last: int,
    mask: Optional[Tensor],
    heads: int,
    epsilon: float) -> Tensor:
  hidden = x
  for index in range(torch.sub(last, first)):
    hidden = __torch__.bert.encode_layer(hidden, layers[torch.add(first, index)], mask, heads, epsilon)
  return hidden
