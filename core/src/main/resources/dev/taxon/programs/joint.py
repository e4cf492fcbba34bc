# The reference's layout (arXiv 2508.07662, section 3): labels and text are one sequence from the first layer on.


class Joint(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  packs : bool
  integers : Dict[str, int]
  numbers : Dict[str, float]
  targets : Dict[str, int]
  averages_text : bool
  averages_labels : bool
  normalizes : bool
  perceives : bool
  encoder : Optional[__torch__.encoder.Encoder]
  text_projector : Optional[__torch__.heads.Projector]
  label_projector : Optional[__torch__.heads.Projector]
  perceptron : Optional[__torch__.heads.Perceptron]
  logit_scale : Optional[Tensor]

  # Takes the checkpoint's weights, by their names there, and keeps them as the forward pass wants them.
  def prepare(self: __torch__.joint.Joint,
    weights: Dict[str, Tensor]) -> int:
    source = __torch__.linear.Source(weights, self.targets, self.packs)
    words = __torch__.encoder.words_of(weights, self.dtype)
    self.encoder = __torch__.encoder.encoder_of(source, words, self.integers, self.numbers, self.dtype)
    self.text_projector = __torch__.heads.projector_of(source, "model.text_projector")
    self.label_projector = __torch__.heads.projector_of(source, "model.classes_projector")
    if self.perceives:
      self.perceptron = __torch__.heads.perceptron_of(source, "model.scorer.mlp")
    if self.normalizes:
      self.logit_scale = torch.to(weights["model.logit_scale"], 6)
    return torch.len(weights)

  # See lora.prepared.
  def prepare_adapter(self: __torch__.joint.Joint,
    tensors: List[Tensor]) -> List[Tensor]:
    return __torch__.lora.prepared(tensors, self.integers["encoder_targets"], self.dtype)

  # Packed token ids and positions [T], their groups, each token's row [T], each label's row [M]; for each row its first
  # token and the token of each of its labels, by place in the batch [B + M]; where labels are averaged, the places of
  # their tokens [S] and whose they are [S]. Logits [M] in single precision.
  def score(self: __torch__.joint.Joint,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    token_rows: Tensor,
    label_rows: Tensor,
    read: Tensor,
    span_tokens: Tensor,
    span_labels: Tensor) -> Tensor:
    nowhere = __torch__.lora.nowhere()
    return self.logits(ids, positions, table, token_rows, label_rows, read, span_tokens, span_labels, nowhere)

  # The same, where rows have adapters: see lora.spaces.
  def score_adapted(self: __torch__.joint.Joint,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    token_rows: Tensor,
    label_rows: Tensor,
    read: Tensor,
    span_tokens: Tensor,
    span_labels: Tensor,
    adapted: Tensor,
    adapters: List[List[Tensor]]) -> Tensor:
    spaces = __torch__.lora.spaces(adapted, adapters)
    return self.logits(ids, positions, table, token_rows, label_rows, read, span_tokens, span_labels, spaces)

  def logits(self: __torch__.joint.Joint,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    token_rows: Tensor,
    label_rows: Tensor,
    read: Tensor,
    span_tokens: Tensor,
    span_labels: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
    encoder = unchecked_cast(__torch__.encoder.Encoder, self.encoder)
    groups = __torch__.packing.groups_of(table)
    batch = __torch__.batch.Batch(positions, groups, spaces.tokens)
    hidden = __torch__.encoder.embed(torch.embedding(encoder.words, ids), encoder, batch)
    count = __torch__.encoder.layer_count(encoder)
    if torch.__or__(self.averages_text, self.averages_labels):
      hidden = __torch__.encoder.encode_layers(hidden, encoder, 0, count, batch)
      full = torch.to(__torch__.encoder.finish(hidden, encoder), 6)
      states = torch.index_select(full, 0, read)
    else:
      hidden = __torch__.encoder.encode_layers(hidden, encoder, 0, torch.sub(count, 1), batch)
      full = hidden
      widths = __torch__.packing.sums(groups.labels, __torch__.packing.ones(torch.len(groups.rows)))
      asked = __torch__.batch.Asked(read, widths, spaces.read)
      last = __torch__.encoder.encode_last_for(hidden, asked, encoder, batch)
      states = torch.to(__torch__.encoder.finish(last, encoder), 6)
    text, labels, = __torch__.packing.apart(states, groups)
    if self.averages_text:
      text = __torch__.heads.means(full, token_rows, torch.size(text, 0))
    if self.averages_labels:
      spans = torch.index_select(full, 0, span_tokens)
      labels = __torch__.heads.means(spans, span_labels, torch.size(labels, 0))
    return self.compare(text, labels, label_rows, spaces)

  # Text features [B, H] against label features [M, H]: logits [M].
  def compare(self: __torch__.joint.Joint,
    text: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    spaces: __torch__.lora.Spaces) -> Tensor:
    text_projector = unchecked_cast(__torch__.heads.Projector, self.text_projector)
    label_projector = unchecked_cast(__torch__.heads.Projector, self.label_projector)
    text_feature = __torch__.heads.project(text, text_projector, spaces.texts)
    label_features = __torch__.heads.project(labels, label_projector, spaces.labels)
    if self.normalizes:
      text_feature = __torch__.heads.normalize(text_feature)
      label_features = __torch__.heads.normalize(label_features)
    if self.perceives:
      perceptron = unchecked_cast(__torch__.heads.Perceptron, self.perceptron)
      logits = __torch__.heads.perceive(text_feature, label_features, label_rows, perceptron, spaces.labels)
    else:
      logits = __torch__.heads.dot(text_feature, label_features, label_rows)
    if self.normalizes:
      logits = torch.mul(logits, unchecked_cast(Tensor, self.logit_scale))
    return logits
