# Late mixing: text and labels are encoded apart; in the last layers each label's mark reads the text and the other
# marks, while the text goes on reading itself alone. So the text's feature is the embedding model's own, a label's
# states before mixing depend on the label alone, and the order of labels cannot matter.
# B rows, L text tokens, N labels a row, U distinct labels, H hidden.


class Model(NamedTuple):
  embeddings : __torch__.bert.Embeddings
  mark : Tensor
  layers : List[__torch__.bert.Layer]
  text_projector : __torch__.heads.Projector
  label_projector : __torch__.heads.Projector
  matcher : __torch__.heads.Projector
  logit_scale : Tensor
  logit_bias : Tensor


class Shape(NamedTuple):
  mixing : int
  heads : int
  epsilon : float


# The words' table is given apart, since it is never trained and so never cast anew.
def model_of(weights: Dict[str, Tensor],
    words: Tensor,
    layers: int,
    dtype: int) -> __torch__.late_mixing.Model:
  embeddings = __torch__.bert.embeddings_of(weights, words, dtype)
  encoder = __torch__.bert.layers_of(weights, layers, dtype)
  text_projector = __torch__.heads.projector_of(weights, "model.text_projector")
  label_projector = __torch__.heads.projector_of(weights, "model.classes_projector")
  first = __torch__.bert.linear_of(weights, "model.scorer.mlp.0", 6)
  second = __torch__.bert.linear_of(weights, "model.scorer.mlp.2", 6)
  matcher = __torch__.heads.Projector(first, second)
  return __torch__.late_mixing.Model(embeddings, weights["model.mark_embedding"], encoder, text_projector,
    label_projector, matcher, weights["model.logit_scale"], weights["model.logit_bias"])


# Label tokens [U, L], without marks, and how many of them are real [U]: states [U, 2, H] of the marks, before mixing
# and at the end of the encoder, where a mark that read nothing but its label is the label's embedding.
def label_states(model: __torch__.late_mixing.Model,
    ids: Tensor,
    lengths: Tensor,
    shape: __torch__.late_mixing.Shape) -> Tensor:
  words = torch.embedding(model.embeddings.words, ids)
  mark = torch.to(torch.expand(model.mark, [torch.size(ids, 0), 1, -1]), ops.prim.dtype(words))
  hidden = __torch__.bert.embed(torch.cat([mark, words], 1), model.embeddings, shape.epsilon)
  width = torch.size(hidden, 1)
  mask = __torch__.bert.padding_mask(torch.add(lengths, 1), width, ops.prim.dtype(hidden))
  count = torch.len(model.layers)
  first = torch.sub(count, shape.mixing)
  last = torch.sub(count, 1)
  before = __torch__.bert.encode_layers(hidden, model.layers, 0, first, mask, shape.heads, shape.epsilon)
  after = __torch__.bert.encode_layers(before, model.layers, first, last, mask, shape.heads, shape.epsilon)
  own = torch.slice(after, 1, 0, 1, 1)
  final = __torch__.bert.encode_layer_for(own, after, model.layers[last], mask, shape.heads, shape.epsilon)
  return torch.cat([torch.slice(before, 1, 0, 1, 1), final], 1)


# One mixing layer: asking [B, W, H] are the text positions whose states are wanted, of text [B, L, H]; marks are
# [B, N, H]. Text reads text; marks read text and marks. Gives the states of asking and marks, [B, W + N, H].
def mix(asking: Tensor,
    text: Tensor,
    marks: Tensor,
    layer: __torch__.bert.Layer,
    text_mask: Optional[Tensor],
    mark_mask: Optional[Tensor],
    shape: __torch__.late_mixing.Shape) -> Tensor:
  size = torch.size(text, 2)
  length = torch.size(text, 1)
  fused = layer.query_key_value
  query_weight, key_value_weight, = torch.split_with_sizes(fused.weight, [size, torch.mul(size, 2)], 0)
  query_bias, key_value_bias, = torch.split_with_sizes(fused.bias, [size, torch.mul(size, 2)], 0)
  wanted = torch.cat([asking, marks], 1)
  query = __torch__.bert.split_heads(torch.linear(wanted, query_weight, query_bias), shape.heads)
  key_value = torch.linear(torch.cat([text, marks], 1), key_value_weight, key_value_bias)
  key, value, = torch.chunk(key_value, 2, 2)
  key = __torch__.bert.split_heads(key, shape.heads)
  value = __torch__.bert.split_heads(value, shape.heads)
  text_query, mark_query, = torch.split_with_sizes(query, [torch.size(asking, 1), torch.size(marks, 1)], 2)
  text_key = torch.slice(key, 2, 0, length, 1)
  text_value = torch.slice(value, 2, 0, length, 1)
  text_context = __torch__.bert.attend(text_query, text_key, text_value, text_mask)
  mark_context = __torch__.bert.attend(mark_query, key, value, mark_mask)
  context = torch.cat([text_context, mark_context], 1)
  return __torch__.bert.after_attention(wanted, context, layer, shape.epsilon)


# The mask [B, 1, 1, L + N] for marks, which read text and marks; None where nothing is padded.
def mark_mask(lengths: Tensor,
    counts: Tensor,
    length: int,
    labels: int,
    dtype: int) -> Optional[Tensor]:
  text_part = __torch__.bert.padding_mask(lengths, length, dtype)
  label_part = __torch__.bert.padding_mask(counts, labels, dtype)
  if torch.__and__(torch.__is__(text_part, None), torch.__is__(label_part, None)):
    mask = annotate(Optional[Tensor], None)
  else:
    shape = [torch.size(lengths, 0), 1, 1]
    text_zeros = torch.zeros(torch.add(shape, [length]), dtype=dtype)
    label_zeros = torch.zeros(torch.add(shape, [labels]), dtype=dtype)
    if torch.__isnot__(text_part, None):
      text_zeros = unchecked_cast(Tensor, text_part)
    if torch.__isnot__(label_part, None):
      label_zeros = unchecked_cast(Tensor, label_part)
    mask = torch.cat([text_zeros, label_zeros], 3)
  return mask


# Text tokens [B, L] and their number [B], the states of distinct labels [U, 2, H], which of them each row has [B, N]
# and how many [B]: logits [B, N] in single precision. What stands beyond a row's own labels has no meaning.
def logits(model: __torch__.late_mixing.Model,
    ids: Tensor,
    lengths: Tensor,
    states: Tensor,
    index: Tensor,
    counts: Tensor,
    shape: __torch__.late_mixing.Shape) -> Tensor:
  rows = torch.size(ids, 0)
  length = torch.size(ids, 1)
  labels = torch.size(index, 1)
  hidden = torch.size(states, 2)
  text = __torch__.bert.embed(torch.embedding(model.embeddings.words, ids), model.embeddings, shape.epsilon)
  dtype = ops.prim.dtype(text)
  text_mask = __torch__.bert.padding_mask(lengths, length, dtype)
  count = torch.len(model.layers)
  first = torch.sub(count, shape.mixing)
  text = __torch__.bert.encode_layers(text, model.layers, 0, first, text_mask, shape.heads, shape.epsilon)
  gathered = torch.view(torch.index_select(states, 0, torch.flatten(index, 0, 1)), [rows, labels, 2, hidden])
  marks = torch.to(torch.select(gathered, 2, 0), dtype)
  mask = __torch__.late_mixing.mark_mask(lengths, counts, length, labels, dtype)
  for step in range(torch.sub(shape.mixing, 1)):
    layer = model.layers[torch.add(first, step)]
    mixed = __torch__.late_mixing.mix(text, text, marks, layer, text_mask, mask, shape)
    text, marks, = torch.split_with_sizes(mixed, [length, labels], 1)
  own = torch.slice(text, 1, 0, 1, 1)
  last = model.layers[torch.sub(count, 1)]
  read = torch.to(__torch__.late_mixing.mix(own, text, marks, last, text_mask, mask, shape), 6)
  text_feature, mark_features, = torch.split_with_sizes(read, [1, labels], 1)
  label_features = torch.to(torch.select(gathered, 2, 1), 6)
  return __torch__.late_mixing.compare(model, text_feature, label_features, mark_features)


# Text [B, 1, H], labels as embedded and marks as mixed [B, N, H]: similarity of the embeddings, corrected by what
# each mark made of the text.
def compare(model: __torch__.late_mixing.Model,
    text: Tensor,
    labels: Tensor,
    marks: Tensor) -> Tensor:
  text_feature = __torch__.heads.normalize(torch.add(text, __torch__.heads.project(text, model.text_projector)))
  label_features = __torch__.heads.normalize(torch.add(labels, __torch__.heads.project(labels, model.label_projector)))
  similarity = __torch__.heads.dot(torch.squeeze(text_feature, 1), label_features)
  seen = torch.expand_as(text, marks)
  match = __torch__.heads.project(torch.cat([marks, seen, torch.mul(seen, marks)], 2), model.matcher)
  scaled = torch.add(torch.mul(similarity, model.logit_scale), model.logit_bias)
  return torch.add(scaled, torch.squeeze(match, 2))


class LateMixing(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  layer_count : int
  mixing : int
  heads : int
  epsilon : float
  model : Optional[__torch__.late_mixing.Model]

  # Takes the checkpoint's weights, by their names there, and keeps them as the forward pass wants them.
  def prepare(self: __torch__.late_mixing.LateMixing,
    weights: Dict[str, Tensor]) -> int:
    words = torch.to(weights["model.encoder_model.embeddings.word_embeddings.weight"], self.dtype)
    self.model = __torch__.late_mixing.model_of(weights, words, self.layer_count, self.dtype)
    return torch.len(weights)

  def shape(self: __torch__.late_mixing.LateMixing) -> __torch__.late_mixing.Shape:
    return __torch__.late_mixing.Shape(self.mixing, self.heads, self.epsilon)

  # See label_states above: [U, 2, H] in single precision, to be kept and given to score.
  def encode_labels(self: __torch__.late_mixing.LateMixing,
    ids: Tensor,
    lengths: Tensor) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    return torch.to(__torch__.late_mixing.label_states(model, ids, lengths, self.shape()), 6)

  # See logits above.
  def score(self: __torch__.late_mixing.LateMixing,
    ids: Tensor,
    lengths: Tensor,
    states: Tensor,
    index: Tensor,
    counts: Tensor) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    return __torch__.late_mixing.logits(model, ids, lengths, states, index, counts, self.shape())
