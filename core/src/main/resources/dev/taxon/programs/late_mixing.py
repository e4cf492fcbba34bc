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
  matcher = __torch__.heads.Projector(first, second, True)
  return __torch__.late_mixing.Model(encoder, source.weights["model.mark_embedding"], integers["layers_apart"],
    text_projector, label_projector, matcher, source.weights["model.logit_scale"], source.weights["model.logit_bias"])


# The same model, whose heads are computed only where they say something.
def looked_at(model: __torch__.late_mixing.Model) -> __torch__.late_mixing.Model:
  return __torch__.late_mixing.Model(model.encoder, model.mark, model.mixing,
    __torch__.heads.looked_at(model.text_projector), __torch__.heads.looked_at(model.label_projector),
    __torch__.heads.looked_at(model.matcher), model.logit_scale, model.logit_bias)


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


# The text by itself, packed [T]: its first tokens' final states [B, H], and what its tokens answer in each mixing layer,
# keys and values side by side [T, 2 * H].
def read_text(model: __torch__.late_mixing.Model,
    ids: Tensor,
    batch: __torch__.batch.Batch,
    firsts: List[__torch__.lora.Group]) -> Tuple[Tensor, List[Tensor]]:
  encoder = model.encoder
  text = __torch__.encoder.embed(torch.embedding(encoder.words, ids), encoder, batch)
  last = torch.sub(__torch__.encoder.layer_count(encoder), 1)
  first = torch.sub(torch.add(last, 1), model.mixing)
  text = __torch__.encoder.encode_layers(text, encoder, 0, first, batch)
  answers = annotate(List[Tensor], [])
  for step in range(torch.sub(last, first)):
    layer = encoder.layers[torch.add(first, step)]
    projected = __torch__.encoder.project(text, layer, batch)
    hidden = torch.size(text, 1)
    _0 = torch.append(answers, torch.narrow(projected, 1, hidden, torch.mul(hidden, 2)))
    text = __torch__.encoder.encode_projected(text, projected, layer, encoder, batch)
  answer = __torch__.encoder.answer_last(text, encoder, batch)
  _1 = torch.append(answers, answer)
  starts = __torch__.packing.starts(batch.groups, text)
  asked = __torch__.batch.Asked(starts, __torch__.packing.ones(torch.len(batch.groups.rows)), firsts)
  return (__torch__.encoder.ask_last(text, answer, asked, encoder, batch), answers)


# Marks [M, H] through all mixing layers, in each of which they read the text and each other.
def mix(model: __torch__.late_mixing.Model,
    marks: Tensor,
    answers: List[Tensor],
    groups: __torch__.packing.Groups,
    lora: List[__torch__.lora.Group]) -> Tensor:
  mixed = marks
  for step in range(torch.len(answers)):
    mixed = __torch__.late_mixing.mix_once(model, mixed, step, answers[step], groups, lora)
  return mixed


# One mixing layer of marks [M, H] over what the text answers [T, 2 * H] and the marks themselves.
def mix_once(model: __torch__.late_mixing.Model,
    marks: Tensor,
    step: int,
    answers: Tensor,
    groups: __torch__.packing.Groups,
    lora: List[__torch__.lora.Group]) -> Tensor:
  encoder = model.encoder
  layer = encoder.layers[torch.add(torch.sub(torch.len(encoder.layers), model.mixing), step)]
  apart = encoder.apart[step]
  queries = __torch__.attention.readable(__torch__.linear.apply(marks, apart.query, lora))
  own = __torch__.attention.readable(__torch__.linear.apply(marks, apart.key_value, lora))
  asking = __torch__.packing.split(queries, groups.rows, groups.labels)
  answering = __torch__.packing.split(own, groups.rows, groups.labels)
  texts = __torch__.packing.split(answers, groups.rows, groups.lengths)
  contexts = annotate(List[Tensor], [])
  for index in range(torch.len(asking)):
    context = asking[index]
    if index != groups.filler:
      key, value, = torch.chunk(torch.cat([texts[index], answering[index]], 1), 2, 2)
      context = __torch__.attention.attend_heads(context, key, value, encoder.heads)
    _0 = torch.append(contexts, context)
  context = torch.to(__torch__.packing.join(contexts), ops.prim.dtype(marks))
  return __torch__.encoder.after_attention(marks, context, layer, encoder.epsilon, lora)


# Packed text tokens and positions [T] and their groups, the states of distinct labels [U, 2, H], which of them each
# label of each row is [M] and whose label it is [M], the adapters in every packing: logits [M] in single precision.
def logits(model: __torch__.late_mixing.Model,
    ids: Tensor,
    positions: Tensor,
    groups: __torch__.packing.Groups,
    states: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
  batch = __torch__.batch.Batch(positions, groups, spaces.tokens)
  final, answers, = __torch__.late_mixing.read_text(model, ids, batch, spaces.texts)
  gathered = torch.index_select(states, 0, labels)
  text = torch.to(final, 6)
  embedded = torch.to(torch.select(gathered, 1, 1), 6)
  scores = __torch__.late_mixing.compare(model, text, embedded, label_rows, spaces)
  if __torch__.heads.tells(model.matcher, spaces.labels):
    marks = torch.to(torch.select(gathered, 1, 0), ops.prim.dtype(final))
    mixed = torch.to(__torch__.late_mixing.mix(model, marks, answers, groups, spaces.labels), 6)
    scores = torch.add(scores, __torch__.late_mixing.match(model, text, mixed, label_rows, spaces))
  return scores


# Texts [B, H] and labels [M, H] as embedded: similarity, scaled.
def compare(model: __torch__.late_mixing.Model,
    text: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
  own_text = __torch__.heads.corrected(text, model.text_projector, spaces.texts)
  own_labels = __torch__.heads.corrected(labels, model.label_projector, spaces.labels)
  similarity = __torch__.heads.dot(__torch__.heads.normalize(own_text), __torch__.heads.normalize(own_labels), label_rows)
  return torch.add(torch.mul(similarity, model.logit_scale), model.logit_bias)


# What each mark as mixed [M, H] made of its text [B, H]: [M].
def match(model: __torch__.late_mixing.Model,
    text: Tensor,
    marks: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
  seen = torch.index_select(text, 0, label_rows)
  pairs = torch.cat([marks, seen, torch.mul(seen, marks)], 1)
  return torch.squeeze(__torch__.heads.project(pairs, model.matcher, "gelu", spaces.labels), 1)


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
    model = __torch__.late_mixing.model_of(source, words, self.integers, self.numbers, self.dtype)
    self.model = __torch__.late_mixing.looked_at(model)
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
    return __torch__.late_mixing.logits(model, ids, positions, groups, states, labels, label_rows, nowhere)

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
    return __torch__.late_mixing.logits(model, ids, positions, groups, states, labels, label_rows, spaces)
