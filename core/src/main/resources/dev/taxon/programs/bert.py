# BERT (arXiv 1810.04805) as functions over prepared weights; packed as the module `encoder`. Shapes: T tokens of all
# rows, packed (packing.py); in a group n rows of L tokens; H hidden, A heads, D = H / A.


class Layer(NamedTuple):
  query_key_value : __torch__.linear.Linear
  attention_output : __torch__.linear.Linear
  attention_norm : __torch__.linear.LayerNorm
  intermediate : __torch__.linear.Linear
  output : __torch__.linear.Linear
  output_norm : __torch__.linear.LayerNorm


# The products of a layer in which some tokens ask and others answer.
class Apart(NamedTuple):
  query : __torch__.linear.Linear
  key_value : __torch__.linear.Linear


# Apart are the last layers' products, as many as the model needs.
class Encoder(NamedTuple):
  words : Tensor
  positions : Tensor
  norm : __torch__.linear.LayerNorm
  layers : List[__torch__.encoder.Layer]
  apart : List[__torch__.encoder.Apart]
  heads : int
  epsilon : float


# The words' table comes apart and keeps its type, since training never changes it.
def encoder_of(source: __torch__.linear.Source,
    words: Tensor,
    integers: Dict[str, int],
    numbers: Dict[str, float],
    dtype: int) -> __torch__.encoder.Encoder:
  name = "model.encoder_model.embeddings"
  # Only token type 0 is ever used, so its embedding is added to the positions once.
  types = source.weights[torch.add(name, ".token_type_embeddings.weight")]
  positions = torch.add(source.weights[torch.add(name, ".position_embeddings.weight")], torch.select(types, 0, 0))
  norm = __torch__.linear.norm_of(source, torch.add(name, ".LayerNorm"), dtype)
  layers = annotate(List[__torch__.encoder.Layer], [])
  for index in range(integers["layers"]):
    _0 = torch.append(layers, __torch__.encoder.layer_of(source, index, dtype))
  apart = annotate(List[__torch__.encoder.Apart], [])
  for step in range(integers["layers_apart"]):
    index = torch.add(torch.sub(integers["layers"], integers["layers_apart"]), step)
    _1 = torch.append(apart, __torch__.encoder.apart_of(source, index, dtype))
  return __torch__.encoder.Encoder(words, torch.to(positions, dtype), norm, layers, apart, integers["heads"],
    numbers["layer_norm_epsilon"])


def words_of(weights: Dict[str, Tensor],
    dtype: int) -> Tensor:
  return torch.to(weights["model.encoder_model.embeddings.word_embeddings.weight"], dtype)


def layer_name(index: int) -> str:
  return torch.format("model.encoder_model.encoder.layer.{}", index)


def layer_of(source: __torch__.linear.Source,
    index: int,
    dtype: int) -> __torch__.encoder.Layer:
  name = __torch__.encoder.layer_name(index)
  attention = torch.add(name, ".attention")
  own = torch.add(attention, ".self")
  names = [torch.add(own, ".query"), torch.add(own, ".key"), torch.add(own, ".value")]
  attention_norm = torch.add(attention, ".output.LayerNorm")
  raising = __torch__.linear.feed_forward_of(source, attention_norm)
  lowering = __torch__.linear.feed_forward_of(source, "")
  return __torch__.encoder.Layer(
    __torch__.linear.joined(source, names, dtype),
    __torch__.linear.linear_of(source, torch.add(attention, ".output.dense"), dtype),
    __torch__.linear.norm_of(source, attention_norm, dtype),
    __torch__.linear.linear_of(raising, torch.add(name, ".intermediate.dense"), dtype),
    __torch__.linear.linear_of(lowering, torch.add(name, ".output.dense"), dtype),
    __torch__.linear.norm_of(source, torch.add(name, ".output.LayerNorm"), dtype))


def apart_of(source: __torch__.linear.Source,
    index: int,
    dtype: int) -> __torch__.encoder.Apart:
  own = torch.add(__torch__.encoder.layer_name(index), ".attention.self")
  return __torch__.encoder.Apart(
    __torch__.linear.linear_of(source, torch.add(own, ".query"), dtype),
    __torch__.linear.joined(source, [torch.add(own, ".key"), torch.add(own, ".value")], dtype))


def layer_count(encoder: __torch__.encoder.Encoder) -> int:
  return torch.len(encoder.layers)


# Word vectors [T, H] to the encoder's input: the sum with each token's position in its row, normalised.
def embed(words: Tensor,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  placed = torch.index_select(encoder.positions, 0, batch.positions)
  cast = torch.to(words, ops.prim.dtype(placed))
  return __torch__.linear.layer_norm(torch.add(cast, placed), encoder.norm, encoder.epsilon)


def feed_forward(x: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float,
    lora: List[__torch__.lora.Group]) -> Tensor:
  raised = __torch__.linear.apply_gelu(x, layer.intermediate, lora)
  lowered = __torch__.linear.apply(raised, layer.output, lora)
  return __torch__.linear.layer_norm(torch.add(lowered, x), layer.output_norm, epsilon)


def after_attention(x: Tensor,
    context: Tensor,
    layer: __torch__.encoder.Layer,
    epsilon: float,
    lora: List[__torch__.lora.Group]) -> Tensor:
  projected = __torch__.linear.apply(context, layer.attention_output, lora)
  attended = __torch__.linear.layer_norm(torch.add(projected, x), layer.attention_norm, epsilon)
  return __torch__.encoder.feed_forward(attended, layer, epsilon, lora)


# What all tokens ask and answer in a layer: queries, keys and values side by side [T, 3 * H].
def project(x: Tensor,
    layer: __torch__.encoder.Layer,
    batch: __torch__.batch.Batch) -> Tensor:
  return __torch__.attention.readable(__torch__.linear.apply(x, layer.query_key_value, batch.lora))


# One encoder layer, [T, H] to [T, H]: self-attention, then feed-forward, each with residual and norm after it.
def encode_layer(x: Tensor,
    layer: __torch__.encoder.Layer,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  return __torch__.encoder.encode_projected(x, __torch__.encoder.project(x, layer, batch), layer, encoder, batch)


# The same from what project made of it.
def encode_projected(x: Tensor,
    projected: Tensor,
    layer: __torch__.encoder.Layer,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  rectangles = __torch__.packing.split(projected, batch.groups.rows, batch.groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    query, key, value, = torch.chunk(rectangles[index], 3, 2)
    context = query
    if index != batch.groups.filler:
      context = __torch__.attention.attend_heads(query, key, value, encoder.heads)
    _0 = torch.append(contexts, context)
  context = torch.to(__torch__.packing.join(contexts), ops.prim.dtype(x))
  return __torch__.encoder.after_attention(x, context, layer, encoder.epsilon, batch.lora)


# Layers from first up to, not including, last.
def encode_layers(x: Tensor,
    encoder: __torch__.encoder.Encoder,
    first: int,
    last: int,
    batch: __torch__.batch.Batch) -> Tensor:
  hidden = x
  for index in range(torch.sub(last, first)):
    hidden = __torch__.encoder.encode_layer(hidden, encoder.layers[torch.add(first, index)], encoder, batch)
  return hidden


# The last layer for some tokens only, since the others' states are never read: of all of x [T, H] answer those at the
# places asked for [W, H], widths of them a row of each group, whose adapters are found by their own places.
def encode_last_for(x: Tensor,
    asked: __torch__.batch.Asked,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  return __torch__.encoder.ask_last(x, __torch__.encoder.answer_last(x, encoder, batch), asked, encoder, batch)


# What all tokens answer in the last layer: keys and values side by side [T, 2 * H].
def answer_last(x: Tensor,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  return __torch__.attention.readable(__torch__.linear.apply(x, encoder.apart[-1].key_value, batch.lora))


# See encode_last_for.
def ask_last(x: Tensor,
    keys_values: Tensor,
    asked: __torch__.batch.Asked,
    encoder: __torch__.encoder.Encoder,
    batch: __torch__.batch.Batch) -> Tensor:
  layer = encoder.layers[torch.sub(torch.len(encoder.layers), 1)]
  wanted = torch.index_select(x, 0, asked.places)
  queries = __torch__.linear.apply(wanted, encoder.apart[-1].query, asked.lora)
  asking = __torch__.packing.split(__torch__.attention.readable(queries), batch.groups.rows, asked.widths)
  answering = __torch__.packing.split(keys_values, batch.groups.rows, batch.groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(asking)):
    key, value, = torch.chunk(answering[index], 2, 2)
    context = asking[index]
    if index != batch.groups.filler:
      context = __torch__.attention.attend_heads(context, key, value, encoder.heads)
    _0 = torch.append(contexts, context)
  context = torch.to(__torch__.packing.join(contexts), ops.prim.dtype(x))
  return __torch__.encoder.after_attention(wanted, context, layer, encoder.epsilon, asked.lora)


# What stands between the last layer and whoever reads the states: nothing.
def finish(x: Tensor,
    encoder: __torch__.encoder.Encoder) -> Tensor:
  return x
