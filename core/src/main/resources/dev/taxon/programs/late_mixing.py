# Late mixing: text and labels are encoded apart; in the last layers each label's mark reads the text and the other
# marks, while the text goes on reading itself alone. So the text's feature is the embedding model's own, a label's
# states before mixing depend on the label alone, and the order of labels cannot matter.
# B rows, T text tokens and M labels of all rows, U distinct labels, H hidden; in a group n rows of L tokens, N labels.


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


# Packed label tokens [T], each label begun by a place for its mark, their positions and groups: states [U, 2, H] of the
# marks, before mixing and at the end of the encoder, where a mark that read nothing but its label is the label's
# embedding.
def label_states(model: __torch__.late_mixing.Model,
    ids: Tensor,
    positions: Tensor,
    groups: __torch__.packing.Groups,
    shape: __torch__.late_mixing.Shape) -> Tensor:
  words = __torch__.late_mixing.marked(torch.embedding(model.embeddings.words, ids), model.mark, groups)
  hidden = __torch__.bert.embed(words, positions, model.embeddings, shape.epsilon)
  count = torch.len(model.layers)
  first = torch.sub(count, shape.mixing)
  last = torch.sub(count, 1)
  before = __torch__.bert.encode_layers(hidden, model.layers, 0, first, groups, shape.heads, shape.epsilon)
  after = __torch__.bert.encode_layers(before, model.layers, first, last, groups, shape.heads, shape.epsilon)
  own = __torch__.packing.firsts(after, groups)
  widths = __torch__.packing.ones(torch.len(groups.rows))
  final = __torch__.bert.encode_layer_for(own, widths, after, model.layers[last], groups, shape.heads, shape.epsilon)
  return torch.stack([__torch__.packing.firsts(before, groups), final], 1)


# Word vectors [T, H] with the mark's in the place of each row's first.
def marked(words: Tensor,
    mark: Tensor,
    groups: __torch__.packing.Groups) -> Tensor:
  rectangles = __torch__.packing.split(words, groups.rows, groups.lengths)
  begun = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    cast = torch.to(torch.expand(mark, [groups.rows[index], 1, -1]), ops.prim.dtype(words))
    rest = torch.slice(rectangles[index], 1, 1, 9223372036854775807, 1)
    _0 = torch.append(begun, torch.cat([cast, rest], 1))
  return __torch__.packing.join(begun)


# Texts [T, H] and marks [M, H] as one packing, in which each row is its text and then its marks: [T + M, H].
def beside(text: Tensor,
    marks: Tensor,
    groups: __torch__.packing.Groups) -> Tensor:
  texts = __torch__.packing.split(text, groups.rows, groups.lengths)
  rows = __torch__.packing.split(marks, groups.rows, groups.labels)
  both = annotate(List[Tensor], [])
  for index in range(torch.len(texts)):
    _0 = torch.append(both, torch.cat([texts[index], rows[index]], 1))
  return __torch__.packing.join(both)


# Of rows of lengths text tokens and their marks [T + M, H], the first token and the marks: [B + M, H].
def read_by_heads(both: Tensor,
    groups: __torch__.packing.Groups) -> Tensor:
  rectangles = __torch__.packing.split(both, groups.rows, __torch__.packing.sums(groups.lengths, groups.labels))
  read = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    first = torch.slice(rectangles[index], 1, 0, 1, 1)
    marks = torch.slice(rectangles[index], 1, groups.lengths[index], 9223372036854775807, 1)
    _0 = torch.append(read, torch.cat([first, marks], 1))
  return __torch__.packing.join(read)


# One mixing layer over rows of text and marks, both [T + M, H]. Asking are a number of each row's text tokens and all
# of its marks; their states are wanted. Text reads text; marks read text and marks.
def mix(asking: Tensor,
    asked: List[int],
    both: Tensor,
    layer: __torch__.bert.Layer,
    groups: __torch__.packing.Groups,
    shape: __torch__.late_mixing.Shape) -> Tensor:
  queries, keys_values, = __torch__.bert.query_and_key_value(asking, both, layer)
  query_rows = __torch__.packing.split(queries, groups.rows, __torch__.packing.sums(asked, groups.labels))
  key_rows = __torch__.packing.split(keys_values, groups.rows, __torch__.packing.sums(groups.lengths, groups.labels))
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(query_rows)):
    key, value, = torch.chunk(key_rows[index], 2, 2)
    query = __torch__.bert.split_heads(query_rows[index], shape.heads)
    key = __torch__.bert.split_heads(key, shape.heads)
    value = __torch__.bert.split_heads(value, shape.heads)
    text_query, mark_query, = torch.split_with_sizes(query, [asked[index], groups.labels[index]], 2)
    text_key = torch.slice(key, 2, 0, groups.lengths[index], 1)
    text_value = torch.slice(value, 2, 0, groups.lengths[index], 1)
    text_context = __torch__.bert.attend(text_query, text_key, text_value)
    mark_context = __torch__.bert.attend(mark_query, key, value)
    _0 = torch.append(contexts, torch.cat([text_context, mark_context], 1))
  return __torch__.bert.after_attention(asking, __torch__.packing.join(contexts), layer, shape.epsilon)


# Packed text tokens and positions [T] and their groups, the states of distinct labels [U, 2, H], which of them each
# label of each row is [M] and whose label it is [M]: logits [M] in single precision.
def logits(model: __torch__.late_mixing.Model,
    ids: Tensor,
    positions: Tensor,
    groups: __torch__.packing.Groups,
    states: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    shape: __torch__.late_mixing.Shape) -> Tensor:
  words = torch.embedding(model.embeddings.words, ids)
  text = __torch__.bert.embed(words, positions, model.embeddings, shape.epsilon)
  count = torch.len(model.layers)
  first = torch.sub(count, shape.mixing)
  text = __torch__.bert.encode_layers(text, model.layers, 0, first, groups, shape.heads, shape.epsilon)
  gathered = torch.index_select(states, 0, labels)
  marks = torch.to(torch.select(gathered, 1, 0), ops.prim.dtype(text))
  both = __torch__.late_mixing.beside(text, marks, groups)
  for step in range(torch.sub(shape.mixing, 1)):
    both = __torch__.late_mixing.mix(both, groups.lengths, both, model.layers[torch.add(first, step)], groups, shape)
  last = model.layers[torch.sub(count, 1)]
  wanted = __torch__.late_mixing.read_by_heads(both, groups)
  one = __torch__.packing.ones(torch.len(groups.rows))
  read = torch.to(__torch__.late_mixing.mix(wanted, one, both, last, groups, shape), 6)
  text_features, mark_features, = __torch__.packing.apart(read, groups)
  label_features = torch.to(torch.select(gathered, 1, 1), 6)
  return __torch__.late_mixing.compare(model, text_features, label_features, mark_features, label_rows)


# Texts [B, H], labels as embedded and marks as mixed [M, H]: similarity of the embeddings, corrected by what each mark
# made of the text.
def compare(model: __torch__.late_mixing.Model,
    text: Tensor,
    labels: Tensor,
    marks: Tensor,
    label_rows: Tensor) -> Tensor:
  text_features = __torch__.heads.normalize(torch.add(text, __torch__.heads.project(text, model.text_projector)))
  label_features = __torch__.heads.normalize(torch.add(labels, __torch__.heads.project(labels, model.label_projector)))
  similarity = __torch__.heads.dot(text_features, label_features, label_rows)
  seen = torch.index_select(text, 0, label_rows)
  match = __torch__.heads.project(torch.cat([marks, seen, torch.mul(seen, marks)], 1), model.matcher)
  scaled = torch.add(torch.mul(similarity, model.logit_scale), model.logit_bias)
  return torch.add(scaled, torch.squeeze(match, 1))


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
    positions: Tensor,
    table: Tensor) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    groups = __torch__.packing.groups_of(table)
    return torch.to(__torch__.late_mixing.label_states(model, ids, positions, groups, self.shape()), 6)

  # See logits above.
  def score(self: __torch__.late_mixing.LateMixing,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    states: Tensor,
    labels: Tensor,
    label_rows: Tensor) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    groups = __torch__.packing.groups_of(table)
    return __torch__.late_mixing.logits(model, ids, positions, groups, states, labels, label_rows, self.shape())
