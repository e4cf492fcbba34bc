# The reference's layout (arXiv 2508.07662, section 3): labels and text are one sequence from the first layer on.


class Joint(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  layer_count : int
  heads : int
  epsilon : float
  averages_text : bool
  averages_labels : bool
  normalizes : bool
  perceives : bool
  embeddings : Optional[__torch__.bert.Embeddings]
  layers : Optional[List[__torch__.bert.Layer]]
  text_projector : Optional[__torch__.heads.Projector]
  label_projector : Optional[__torch__.heads.Projector]
  perceptron : Optional[__torch__.heads.Perceptron]
  logit_scale : Optional[Tensor]

  # Takes the checkpoint's weights, by their names there, and keeps them as the forward pass wants them.
  def prepare(self: __torch__.joint.Joint,
    weights: Dict[str, Tensor]) -> int:
    words = torch.to(weights["model.encoder_model.embeddings.word_embeddings.weight"], self.dtype)
    self.embeddings = __torch__.bert.embeddings_of(weights, words, self.dtype)
    self.layers = __torch__.bert.layers_of(weights, self.layer_count, self.dtype)
    self.text_projector = __torch__.heads.projector_of(weights, "model.text_projector")
    self.label_projector = __torch__.heads.projector_of(weights, "model.classes_projector")
    if self.perceives:
      self.perceptron = __torch__.heads.perceptron_of(weights)
    if self.normalizes:
      self.logit_scale = torch.to(weights["model.logit_scale"], 6)
    return torch.len(weights)

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
    embeddings = unchecked_cast(__torch__.bert.Embeddings, self.embeddings)
    layers = unchecked_cast(List[__torch__.bert.Layer], self.layers)
    groups = __torch__.packing.groups_of(table)
    words = torch.embedding(embeddings.words, ids)
    hidden = __torch__.bert.embed(words, positions, embeddings, self.epsilon)
    last = torch.sub(self.layer_count, 1)
    hidden = __torch__.bert.encode_layers(hidden, layers, 0, last, groups, self.heads, self.epsilon)
    if torch.__or__(self.averages_text, self.averages_labels):
      full = torch.to(__torch__.bert.encode_layer(hidden, layers[last], groups, self.heads, self.epsilon), 6)
      states = torch.index_select(full, 0, read)
    else:
      full = hidden
      widths = __torch__.packing.sums(groups.labels, __torch__.packing.ones(torch.len(groups.rows)))
      wanted = torch.index_select(hidden, 0, read)
      own = __torch__.bert.encode_layer_for(wanted, widths, hidden, layers[last], groups, self.heads, self.epsilon)
      states = torch.to(own, 6)
    text, labels, = __torch__.packing.apart(states, groups)
    if self.averages_text:
      text = __torch__.heads.means(full, token_rows, torch.size(text, 0))
    if self.averages_labels:
      spans = torch.index_select(full, 0, span_tokens)
      labels = __torch__.heads.means(spans, span_labels, torch.size(labels, 0))
    return self.compare(text, labels, label_rows)

  # Text features [B, H] against label features [M, H]: logits [M].
  def compare(self: __torch__.joint.Joint,
    text: Tensor,
    labels: Tensor,
    label_rows: Tensor) -> Tensor:
    text_projector = unchecked_cast(__torch__.heads.Projector, self.text_projector)
    label_projector = unchecked_cast(__torch__.heads.Projector, self.label_projector)
    text_feature = __torch__.heads.project(text, text_projector)
    label_features = __torch__.heads.project(labels, label_projector)
    if self.normalizes:
      text_feature = __torch__.heads.normalize(text_feature)
      label_features = __torch__.heads.normalize(label_features)
    if self.perceives:
      perceptron = unchecked_cast(__torch__.heads.Perceptron, self.perceptron)
      logits = __torch__.heads.perceive(text_feature, label_features, label_rows, perceptron)
    else:
      logits = __torch__.heads.dot(text_feature, label_features, label_rows)
    if self.normalizes:
      logits = torch.mul(logits, unchecked_cast(Tensor, self.logit_scale))
    return logits
