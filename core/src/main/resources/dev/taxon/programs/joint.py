# The reference's layout (arXiv 2508.07662, section 3): labels and text are one sequence from the first layer on.


class Model(NamedTuple):
  encoder : __torch__.encoder.Encoder
  segments : Optional[Tensor]
  recurrence : List[Tensor]
  text_projector : __torch__.heads.Projector
  label_projector : __torch__.heads.Projector
  scorer : __torch__.scorers.Scorer
  logit_scale : Tensor


class Joint(Module):
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
  depth : int
  text_pooling : str
  averages_labels : bool
  reads_all : bool
  recurs : bool
  marks_segments : bool
  activation : str
  scorer : str
  scorer_heads : int
  normalizes : bool
  model : Optional[__torch__.joint.Model]

  # Takes the checkpoint's weights, by their names there, and keeps them as the forward pass wants them.
  def prepare(self: __torch__.joint.Joint,
    weights: Dict[str, Tensor]) -> int:
    source = __torch__.linear.source_of(weights, self.targets, self.form, self.feed_forward)
    words = __torch__.encoder.words_of(weights, self.dtype)
    segments = annotate(Optional[Tensor], None)
    if self.marks_segments:
      segments = torch.to(weights["model.segment_embeddings.weight"], self.dtype)
    recurrence = annotate(List[Tensor], [])
    if self.recurs:
      recurrence = __torch__.pooling.recurrence_of(weights)
    logit_scale = torch.ones([])
    if self.normalizes:
      logit_scale = torch.to(weights["model.logit_scale"], 6)
    self.model = __torch__.joint.Model(
      __torch__.encoder.encoder_of(source, words, self.integers, self.numbers, self.dtype),
      segments,
      recurrence,
      __torch__.heads.projector_of(source, "model.text_projector"),
      __torch__.heads.projector_of(source, "model.classes_projector"),
      __torch__.scorers.scorer_of(source, self.scorer, self.scorer_heads),
      logit_scale)
    return torch.len(weights)

  # See lora.prepared.
  def prepare_adapter(self: __torch__.joint.Joint,
    tensors: List[Tensor]) -> List[Tensor]:
    return __torch__.lora.prepared(tensors, self.integers["encoder_targets"], self.dtype)

  # Packed token ids and positions [T], their groups, each label's row [M]; for each row the token that its text is read
  # from first and the token of each of its labels, by place in the batch [B + M]; where labels are averaged, the places of
  # their tokens [S] and whose they are [S]; each row's text (see pooling.texts_of) [B, 3] and each token's segment [T],
  # where they are read. Logits [M] in single precision.
  def score(self: __torch__.joint.Joint,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    label_rows: Tensor,
    read: Tensor,
    span_tokens: Tensor,
    span_labels: Tensor,
    texts: Tensor,
    segments: Tensor) -> Tensor:
    batch = __torch__.batch.Batch(positions, __torch__.packing.groups_of(table), __torch__.lora.none())
    spaces = __torch__.lora.nowhere()
    return self.logits(ids, batch, label_rows, read, span_tokens, span_labels, texts, segments, spaces)

  # The same, where rows have adapters: see lora.spaces.
  def score_adapted(self: __torch__.joint.Joint,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    label_rows: Tensor,
    read: Tensor,
    span_tokens: Tensor,
    span_labels: Tensor,
    texts: Tensor,
    segments: Tensor,
    adapted: Tensor,
    adapters: List[List[Tensor]]) -> Tensor:
    spaces = __torch__.lora.spaces(adapted, adapters)
    batch = __torch__.batch.Batch(positions, __torch__.packing.groups_of(table), spaces.tokens)
    return self.logits(ids, batch, label_rows, read, span_tokens, span_labels, texts, segments, spaces)

  def logits(self: __torch__.joint.Joint,
    ids: Tensor,
    batch: __torch__.batch.Batch,
    label_rows: Tensor,
    read: Tensor,
    span_tokens: Tensor,
    span_labels: Tensor,
    texts: Tensor,
    segments: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
    model = unchecked_cast(__torch__.joint.Model, self.model)
    groups = batch.groups
    hidden = __torch__.encoder.embed(self.words(ids, segments), model.encoder, batch)
    if not self.reads_all:
      states = self.states_read(hidden, batch, read, spaces)
      text, labels, = __torch__.packing.apart(states, groups)
      return self.compare(text, labels, label_rows, spaces)
    full = self.states(hidden, batch)
    _0, labels, = __torch__.packing.apart(torch.index_select(full, 0, read), groups)
    if self.averages_labels:
      spans = torch.index_select(full, 0, span_tokens)
      labels = __torch__.heads.means(spans, span_labels, torch.size(labels, 0))
    runs = __torch__.pooling.texts_of(texts, full)
    if self.recurs:
      full = __torch__.pooling.recur(full, runs, model.recurrence)
    if self.text_pooling == "pass":
      return self.compare_tokens(full, labels, runs, groups, spaces)
    text = __torch__.pooling.pool(full, self.text_pooling, runs)
    return self.compare(text, labels, label_rows, spaces)

  # Word vectors [T, E], with those of their segments.
  def words(self: __torch__.joint.Joint,
    ids: Tensor,
    segments: Tensor) -> Tensor:
    model = unchecked_cast(__torch__.joint.Model, self.model)
    words = torch.embedding(model.encoder.words, ids)
    if self.marks_segments:
      words = torch.add(words, torch.embedding(unchecked_cast(Tensor, model.segments), segments))
    return words

  # The states [T, H] that heads read, in single precision.
  def states(self: __torch__.joint.Joint,
    embedded: Tensor,
    batch: __torch__.batch.Batch) -> Tensor:
    encoder = unchecked_cast(__torch__.joint.Model, self.model).encoder
    hidden = __torch__.encoder.encode_layers(embedded, encoder, 0, self.depth, batch)
    if self.depth == __torch__.encoder.layer_count(encoder):
      hidden = __torch__.encoder.finish(hidden, encoder)
    return torch.to(hidden, 6)

  # The same for the tokens alone that are read [B + M], of which the last layer need not compute more.
  def states_read(self: __torch__.joint.Joint,
    embedded: Tensor,
    batch: __torch__.batch.Batch,
    read: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
    encoder = unchecked_cast(__torch__.joint.Model, self.model).encoder
    last = torch.sub(__torch__.encoder.layer_count(encoder), 1)
    hidden = __torch__.encoder.encode_layers(embedded, encoder, 0, last, batch)
    widths = __torch__.packing.sums(batch.groups.labels, __torch__.packing.ones(torch.len(batch.groups.rows)))
    asked = __torch__.batch.Asked(read, widths, spaces.read)
    final = __torch__.encoder.encode_last_for(hidden, asked, encoder, batch)
    return torch.to(__torch__.encoder.finish(final, encoder), 6)

  # Texts [B, H] against labels [M, H]: logits [M].
  def compare(self: __torch__.joint.Joint,
    text: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
    model = unchecked_cast(__torch__.joint.Model, self.model)
    text_features = self.feature(text, model.text_projector, spaces.texts)
    label_features = self.feature(labels, model.label_projector, spaces.labels)
    logits = __torch__.scorers.score(text_features, label_features, label_rows, model.scorer, spaces)
    return torch.mul(logits, model.logit_scale)

  # All tokens [T, H], of which texts are runs, against labels [M, H]: logits [M].
  def compare_tokens(self: __torch__.joint.Joint,
    tokens: Tensor,
    labels: Tensor,
    texts: __torch__.pooling.Texts,
    groups: __torch__.packing.Groups,
    spaces: __torch__.lora.Spaces) -> Tensor:
    model = unchecked_cast(__torch__.joint.Model, self.model)
    features = self.feature(tokens, model.text_projector, spaces.tokens)
    label_features = self.feature(labels, model.label_projector, spaces.labels)
    counts = __torch__.packing.labels_of_rows(groups)
    logits = __torch__.scorers.attend(features, label_features, texts.starts, texts.lengths, counts, model.scorer, spaces)
    return torch.mul(logits, model.logit_scale)

  def feature(self: __torch__.joint.Joint,
    x: Tensor,
    projector: __torch__.heads.Projector,
    lora: List[__torch__.lora.Group]) -> Tensor:
    projected = __torch__.heads.project(x, projector, self.activation, lora)
    if self.normalizes:
      projected = __torch__.heads.normalize_softly(projected)
    return projected
