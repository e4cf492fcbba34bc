# Late mixing: text and labels are encoded apart; in the last layers each label's mark reads the text and the other
# marks, while the text goes on reading itself alone. So the text's feature is the embedding model's own, a label's
# states before mixing depend on the label alone, and the order of labels cannot matter.
# B rows, T text tokens and M labels of all rows, U distinct labels, H hidden; in a group n rows of L tokens, N labels.


class Model(NamedTuple):
  encoder : __torch__.encoder.Encoder
  mark : Tensor
  mixing : int
  text_projector : __torch__.heads.Projector
  label_projector : __torch__.heads.Projector
  matcher : __torch__.heads.Projector
  logit_scale : Tensor
  logit_bias : Tensor


# The words' table is given apart, since it is never trained and so never cast anew.
def model_of(source: __torch__.linear.Source,
    words: Tensor,
    integers: Dict[str, int],
    numbers: Dict[str, float],
    dtype: int) -> __torch__.late_mixing.Model:
  encoder = __torch__.encoder.encoder_of(source, words, integers, numbers, dtype)
  text_projector = __torch__.heads.projector_of(source, "model.text_projector")
  label_projector = __torch__.heads.projector_of(source, "model.classes_projector")
  first = __torch__.linear.linear_of(source, "model.scorer.mlp.0", 6)
  second = __torch__.linear.linear_of(source, "model.scorer.mlp.2", 6)
  matcher = __torch__.heads.Projector(first, second)
  return __torch__.late_mixing.Model(encoder, source.weights["model.mark_embedding"], integers["layers_apart"],
    text_projector, label_projector, matcher, source.weights["model.logit_scale"], source.weights["model.logit_bias"])


# Packed label tokens [T], each label begun by a place for its mark: states [U, 2, H] of the marks, before mixing and at
# the end of the encoder, where a mark that read nothing but its label is the label's embedding. Firsts are the marks'
# adapters.
def label_states(model: __torch__.late_mixing.Model,
    ids: Tensor,
    batch: __torch__.batch.Batch,
    firsts: List[__torch__.lora.Group]) -> Tensor:
  encoder = model.encoder
  groups = batch.groups
  words = __torch__.late_mixing.marked(torch.embedding(encoder.words, ids), model.mark, groups)
  hidden = __torch__.encoder.embed(words, encoder, batch)
  count = __torch__.encoder.layer_count(encoder)
  first = torch.sub(count, model.mixing)
  before = __torch__.encoder.encode_layers(hidden, encoder, 0, first, batch)
  after = __torch__.encoder.encode_layers(before, encoder, first, torch.sub(count, 1), batch)
  starts = __torch__.packing.starts(groups, before)
  asked = __torch__.batch.Asked(starts, __torch__.packing.ones(torch.len(groups.rows)), firsts)
  final = __torch__.encoder.encode_last_for(after, asked, encoder, batch)
  return torch.stack([torch.index_select(before, 0, asked.places), final], 1)


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


# Some texts' tokens and all marks [n, texts + N, H] over keys and values [n, length + N, 2 * H] of text tokens and marks:
# text reads text; marks read text and marks.
def attend(asking: Tensor,
    answering: Tensor,
    texts: int,
    length: int,
    heads: int) -> Tensor:
  key, value, = torch.chunk(answering, 2, 2)
  text_query, mark_query, = torch.split_with_sizes(asking, [texts, torch.sub(torch.size(asking, 1), texts)], 1)
  text_context = __torch__.attention.attend_heads(text_query, torch.narrow(key, 1, 0, length),
    torch.narrow(value, 1, 0, length), heads)
  return torch.cat([text_context, __torch__.attention.attend_heads(mark_query, key, value, heads)], 1)


# One mixing layer over rows of text and marks [T + M, H]. Asking are a number of each row's text tokens and all of its
# marks; their states are wanted. Each has the adapters of its packing.
def mix(asking: Tensor,
    asked: __torch__.batch.Asked,
    both: Tensor,
    step: int,
    model: __torch__.late_mixing.Model,
    batch: __torch__.batch.Batch) -> Tensor:
  encoder = model.encoder
  groups = batch.groups
  layer = encoder.layers[torch.add(torch.sub(torch.len(encoder.layers), model.mixing), step)]
  apart = encoder.apart[step]
  queries = __torch__.linear.apply(asking, apart.query, asked.lora)
  keys_values = __torch__.linear.apply(both, apart.key_value, batch.lora)
  query_rows = __torch__.packing.split(__torch__.attention.readable(queries), groups.rows,
    __torch__.packing.sums(asked.widths, groups.labels))
  key_rows = __torch__.packing.split(__torch__.attention.readable(keys_values), groups.rows,
    __torch__.packing.sums(groups.lengths, groups.labels))
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(query_rows)):
    context = query_rows[index]
    if index != groups.filler:
      context = __torch__.late_mixing.attend(context, key_rows[index], asked.widths[index], groups.lengths[index],
        encoder.heads)
    _0 = torch.append(contexts, context)
  context = torch.to(__torch__.packing.join(contexts), ops.prim.dtype(asking))
  return __torch__.encoder.after_attention(asking, context, layer, encoder.epsilon, asked.lora)


# Packed text tokens and positions [T] and their groups, the states of distinct labels [U, 2, H], which of them each
# label of each row is [M] and whose label it is [M], the adapters in every packing, those of tokens and labels side by
# side apart: logits [M] in single precision.
def logits(model: __torch__.late_mixing.Model,
    ids: Tensor,
    positions: Tensor,
    groups: __torch__.packing.Groups,
    states: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces,
    side_by_side: List[__torch__.lora.Group]) -> Tensor:
  encoder = model.encoder
  batch = __torch__.batch.Batch(positions, groups, spaces.tokens)
  text = __torch__.encoder.embed(torch.embedding(encoder.words, ids), encoder, batch)
  first = torch.sub(__torch__.encoder.layer_count(encoder), model.mixing)
  text = __torch__.encoder.encode_layers(text, encoder, 0, first, batch)
  gathered = torch.index_select(states, 0, labels)
  marks = torch.to(torch.select(gathered, 1, 0), ops.prim.dtype(text))
  both = __torch__.late_mixing.beside(text, marks, groups)
  mixed = __torch__.batch.Batch(positions, groups, side_by_side)
  every = __torch__.batch.Asked(positions, groups.lengths, side_by_side)
  last = torch.sub(model.mixing, 1)
  for step in range(last):
    both = __torch__.late_mixing.mix(both, every, both, step, model, mixed)
  wanted = __torch__.late_mixing.read_by_heads(both, groups)
  read = __torch__.batch.Asked(positions, __torch__.packing.ones(torch.len(groups.rows)), spaces.read)
  final = torch.to(__torch__.late_mixing.mix(wanted, read, both, last, model, mixed), 6)
  text_features, mark_features, = __torch__.packing.apart(final, groups)
  label_features = torch.to(torch.select(gathered, 1, 1), 6)
  return __torch__.late_mixing.compare(model, text_features, label_features, mark_features, label_rows, spaces)


# Texts [B, H], labels as embedded and marks as mixed [M, H]: similarity of the embeddings, corrected by what each mark
# made of the text.
def compare(model: __torch__.late_mixing.Model,
    text: Tensor,
    labels: Tensor,
    marks: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
  projected_text = __torch__.heads.project(text, model.text_projector, "gelu", spaces.texts)
  projected_labels = __torch__.heads.project(labels, model.label_projector, "gelu", spaces.labels)
  text_features = __torch__.heads.normalize(torch.add(text, projected_text))
  label_features = __torch__.heads.normalize(torch.add(labels, projected_labels))
  similarity = __torch__.heads.dot(text_features, label_features, label_rows)
  seen = torch.index_select(text, 0, label_rows)
  pairs = torch.cat([marks, seen, torch.mul(seen, marks)], 1)
  match = __torch__.heads.project(pairs, model.matcher, "gelu", spaces.labels)
  scaled = torch.add(torch.mul(similarity, model.logit_scale), model.logit_bias)
  return torch.add(scaled, torch.squeeze(match, 1))


class LateMixing(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  form : str
  feed_forward : str
  integers : Dict[str, int]
  numbers : Dict[str, float]
  targets : Dict[str, int]
  model : Optional[__torch__.late_mixing.Model]

  # Takes the checkpoint's weights, by their names there, and keeps them as the forward pass wants them.
  def prepare(self: __torch__.late_mixing.LateMixing,
    weights: Dict[str, Tensor]) -> int:
    source = __torch__.linear.source_of(weights, self.targets, self.form, self.feed_forward)
    words = __torch__.encoder.words_of(weights, self.dtype)
    self.model = __torch__.late_mixing.model_of(source, words, self.integers, self.numbers, self.dtype)
    return torch.len(weights)

  # See lora.prepared.
  def prepare_adapter(self: __torch__.late_mixing.LateMixing,
    tensors: List[Tensor]) -> List[Tensor]:
    return __torch__.lora.prepared(tensors, self.integers["encoder_targets"], self.dtype)

  # See label_states above: [U, 2, H] in single precision, to be kept and given to score.
  def encode_labels(self: __torch__.late_mixing.LateMixing,
    ids: Tensor,
    positions: Tensor,
    table: Tensor) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    batch = __torch__.batch.Batch(positions, __torch__.packing.groups_of(table), __torch__.lora.none())
    return torch.to(__torch__.late_mixing.label_states(model, ids, batch, __torch__.lora.none()), 6)

  # The same, where labels have adapters: see lora.spaces.
  def encode_labels_adapted(self: __torch__.late_mixing.LateMixing,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    adapted: Tensor,
    adapters: List[List[Tensor]]) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    spaces = __torch__.lora.spaces(adapted, adapters)
    batch = __torch__.batch.Batch(positions, __torch__.packing.groups_of(table), spaces.tokens)
    return torch.to(__torch__.late_mixing.label_states(model, ids, batch, spaces.texts), 6)

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
    nowhere = __torch__.lora.nowhere()
    return __torch__.late_mixing.logits(model, ids, positions, groups, states, labels, label_rows, nowhere,
      __torch__.lora.none())

  # The same, where rows have adapters: see lora.spaces.
  def score_adapted(self: __torch__.late_mixing.LateMixing,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    states: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    adapted: Tensor,
    adapters: List[List[Tensor]]) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.model)
    groups = __torch__.packing.groups_of(table)
    spaces = __torch__.lora.spaces(adapted, adapters)
    return __torch__.late_mixing.logits(model, ids, positions, groups, states, labels, label_rows, spaces,
      __torch__.lora.both(adapted, adapters))
