# ModernBERT (arXiv 2412.13663) as functions over prepared weights; packed as the module `encoder`. Rotary positions,
# gated feed-forward, norms before each block, and attention that in most layers reaches a window of tokens only. Shapes:
# T tokens of all rows, packed (packing.py); in a group n rows of L tokens; H hidden, A heads, D = H / A.


class Layer(NamedTuple):
  attention_norm : Optional[__torch__.linear.LayerNorm]
  query_key_value : __torch__.linear.Linear
  attention_output : __torch__.linear.Linear
  feed_forward_norm : __torch__.linear.LayerNorm
  input_and_gate : __torch__.linear.Linear
  output : __torch__.linear.Linear
  is_local : bool


class Encoder(NamedTuple):
  words : Tensor
  norm : __torch__.linear.LayerNorm
  layers : List[__torch__.encoder.Layer]
  final_norm : __torch__.linear.LayerNorm
  heads : int
  reach : int
  global_theta : float
  local_theta : float
  epsilon : float


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
    _0 = torch.append(layers, __torch__.encoder.layer_of(source, index, local, dtype))
  final_norm = __torch__.linear.norm_of(source, "model.encoder_model.final_norm", dtype)
  return __torch__.encoder.Encoder(words, norm, layers, final_norm, integers["heads"], integers["reach"],
    numbers["global_theta"], numbers["local_theta"], numbers["layer_norm_epsilon"])


def words_of(weights: Dict[str, Tensor],
    dtype: int) -> Tensor:
  return torch.to(weights["model.encoder_model.embeddings.tok_embeddings.weight"], dtype)


def layer_of(source: __torch__.linear.Source,
    index: int,
    local: bool,
    dtype: int) -> __torch__.encoder.Layer:
  name = torch.format("model.encoder_model.layers.{}", index)
  # The first layer follows the embeddings' norm and has none of its own.
  norm = annotate(Optional[__torch__.linear.LayerNorm], None)
  if index > 0:
    norm = __torch__.linear.norm_of(source, torch.add(name, ".attn_norm"), dtype)
  return __torch__.encoder.Layer(
    norm,
    __torch__.linear.linear_of(source, torch.add(name, ".attn.Wqkv"), dtype),
    __torch__.linear.linear_of(source, torch.add(name, ".attn.Wo"), dtype),
    __torch__.linear.norm_of(source, torch.add(name, ".mlp_norm"), dtype),
    __torch__.linear.linear_of(source, torch.add(name, ".mlp.Wi"), dtype),
    __torch__.linear.linear_of(source, torch.add(name, ".mlp.Wo"), dtype),
    local)


def layer_count(encoder: __torch__.encoder.Encoder) -> int:
  return torch.len(encoder.layers)


# Word vectors [T, H] to the encoder's input.
def embed(words: Tensor,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  cast = torch.to(words, ops.prim.dtype(encoder.norm.weight))
  return __torch__.linear.layer_norm(cast, encoder.norm, encoder.epsilon)


# Rotary position embedding (arXiv 2104.09864): cosines and sines [T, 1, D] of each token's position.
class Rotation(NamedTuple):
  cosine : Tensor
  sine : Tensor


def rotation_of(positions: Tensor,
    theta: float,
    size: int,
    dtype: int) -> __torch__.encoder.Rotation:
  half = torch.floordiv(size, 2)
  exponents = torch.div(torch.arange(half, dtype=6), half)
  frequencies = torch.reciprocal(torch.pow(theta, exponents))
  angles = torch.mul(torch.unsqueeze(torch.to(positions, 6), 1), torch.unsqueeze(frequencies, 0))
  both = torch.unsqueeze(torch.cat([angles, angles], 1), 1)
  # The first half's partner enters with the opposite sign.
  signs = torch.cat([torch.neg(torch.ones([half])), torch.ones([half])], 0)
  return __torch__.encoder.Rotation(torch.to(torch.cos(both), dtype), torch.to(torch.mul(torch.sin(both), signs), dtype))


# Queries and keys [T, heads, D], turned.
def rotate(x: Tensor,
    rotation: __torch__.encoder.Rotation) -> Tensor:
  partners = torch.roll(x, [torch.floordiv(torch.size(x, 2), 2)], [2])
  return torch.add(torch.mul(x, rotation.cosine), torch.mul(partners, rotation.sine))


class Rotations(NamedTuple):
  far : __torch__.encoder.Rotation
  near : __torch__.encoder.Rotation


def rotations_of(x: Tensor,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> __torch__.encoder.Rotations:
  size = torch.floordiv(torch.size(x, 1), encoder.heads)
  dtype = ops.prim.dtype(x)
  return __torch__.encoder.Rotations(
    __torch__.encoder.rotation_of(batch.positions, encoder.global_theta, size, dtype),
    __torch__.encoder.rotation_of(batch.positions, encoder.local_theta, size, dtype))


# Queries, keys and values [T, 3 * H] of the normed input, queries and keys turned.
def query_key_value(x: Tensor,
    layer: __torch__.encoder.Layer,
    rotations: __torch__.encoder.Rotations,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  normed = x
  if not torch.__is__(layer.attention_norm, None):
    norm = unchecked_cast(__torch__.linear.LayerNorm, layer.attention_norm)
    normed = __torch__.linear.layer_norm(x, norm, encoder.epsilon)
  projected = __torch__.linear.apply(normed, layer.query_key_value, batch.lora)
  tokens = torch.size(x, 0)
  width = torch.size(x, 1)
  size = torch.floordiv(width, encoder.heads)
  if layer.is_local:
    rotation = rotations.near
  else:
    rotation = rotations.far
  turning, values, = torch.split_with_sizes(projected, [torch.mul(width, 2), width], 1)
  turned = __torch__.encoder.rotate(torch.view(turning, [tokens, torch.mul(encoder.heads, 2), size]), rotation)
  return torch.cat([torch.reshape(turned, [tokens, torch.mul(width, 2)]), values], 1)


# [n, L, A * D] to [n, A, L, D].
def split_heads(x: Tensor,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 2), heads)
  return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), heads, size]), 1, 2)


# Queries [n, A, W, D] at their positions [n, W] over keys and values [n, A, L, D]: [n, W, H]. Reach is how far a query
# sees to either side; negative is without limit.
def attend(query: Tensor,
    key: Tensor,
    value: Tensor,
    positions: Tensor,
    reach: int) -> Tensor:
  length = torch.size(key, 2)
  mask = annotate(Optional[Tensor], None)
  if reach >= 0 and length > torch.add(reach, 1):
    distance = torch.sub(torch.unsqueeze(positions, 2), torch.arange(length, dtype=4))
    mask = torch.unsqueeze(torch.le(torch.abs(distance), reach), 1)
  context = torch.scaled_dot_product_attention(query, key, value, mask, 0., False)
  return torch.flatten(torch.transpose(context, 1, 2), 2, 3)


def reach_of(layer: __torch__.encoder.Layer,
    encoder: __torch__.encoder.Encoder) -> int:
  if layer.is_local:
    reach = encoder.reach
  else:
    reach = -1
  return reach


# Of all tokens' queries, keys and values [T, 3 * H], what the asked ones' queries [W, H] at their positions [W] attend
# to: [W, H].
def attention(queries: Tensor,
    positions: Tensor,
    widths: List[int],
    projected: Tensor,
    layer: __torch__.encoder.Layer,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  asking = __torch__.packing.split(queries, batch.groups.rows, widths)
  standing = __torch__.packing.split(torch.unsqueeze(positions, 1), batch.groups.rows, widths)
  answering = __torch__.packing.split(projected, batch.groups.rows, batch.groups.lengths)
  reach = __torch__.encoder.reach_of(layer, encoder)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(asking)):
    _0, key, value, = torch.chunk(answering[index], 3, 2)
    query = __torch__.encoder.split_heads(asking[index], encoder.heads)
    split_key = __torch__.encoder.split_heads(key, encoder.heads)
    split_value = __torch__.encoder.split_heads(value, encoder.heads)
    own = torch.squeeze(standing[index], 2)
    _1 = torch.append(contexts, __torch__.encoder.attend(query, split_key, split_value, own, reach))
  return __torch__.packing.join(contexts)


# What follows attention: its output added to x [W, H], then the gated feed-forward.
def after_attention(x: Tensor,
    context: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float,
    lora: List[__torch__.lora.Group]) -> Tensor:
  attended = torch.add(x, __torch__.linear.apply(context, layer.attention_output, lora))
  normed = __torch__.linear.layer_norm(attended, layer.feed_forward_norm, epsilon)
  raised, gate, = torch.chunk(__torch__.linear.apply(normed, layer.input_and_gate, lora), 2, 1)
  gated = torch.mul(torch.gelu(raised), gate)
  return torch.add(attended, __torch__.linear.apply(gated, layer.output, lora))


# Layers from first up to, not including, last.
def encode_layers(x: Tensor,
    encoder: __torch__.encoder.Encoder,
    first: int,
    last: int,
    batch: __torch__.batch.Batch) -> Tensor:
  rotations = __torch__.encoder.rotations_of(x, encoder, batch)
  hidden = x
  for index in range(torch.sub(last, first)):
    layer = encoder.layers[torch.add(first, index)]
    projected = __torch__.encoder.query_key_value(hidden, layer, rotations, encoder, batch)
    queries = torch.narrow(projected, 1, 0, torch.size(x, 1))
    context = __torch__.encoder.attention(queries, batch.positions, batch.groups.lengths, projected, layer, encoder,
      batch)
    hidden = __torch__.encoder.after_attention(hidden, context, layer, encoder.epsilon, batch.lora)
  return hidden


# The last layer for some tokens only, since the others' states are never read: of all of x [T, H] answer those at the
# places asked for [W, H].
def encode_last_for(x: Tensor,
    asked: __torch__.batch.Asked,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  layer = encoder.layers[torch.sub(torch.len(encoder.layers), 1)]
  rotations = __torch__.encoder.rotations_of(x, encoder, batch)
  projected = __torch__.encoder.query_key_value(x, layer, rotations, encoder, batch)
  queries = torch.index_select(torch.narrow(projected, 1, 0, torch.size(x, 1)), 0, asked.places)
  positions = torch.index_select(batch.positions, 0, asked.places)
  context = __torch__.encoder.attention(queries, positions, asked.widths, projected, layer, encoder, batch)
  wanted = torch.index_select(x, 0, asked.places)
  return __torch__.encoder.after_attention(wanted, context, layer, encoder.epsilon, asked.lora)


# What stands between the last layer and whoever reads the states [W, H]: the final norm.
def finish(x: Tensor,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  return __torch__.linear.layer_norm(x, encoder.final_norm, encoder.epsilon)
