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

  # Token ids [B, L], row lengths [B], label spans [B, N] from starts to ends: logits [B, N] in single precision.
  def score(self: __torch__.joint.Joint,
    ids: Tensor,
    lengths: Tensor,
    starts: Tensor,
    ends: Tensor) -> Tensor:
    embeddings = unchecked_cast(__torch__.bert.Embeddings, self.embeddings)
    layers = unchecked_cast(List[__torch__.bert.Layer], self.layers)
    words = torch.embedding(embeddings.words, ids)
    hidden = __torch__.bert.embed(words, embeddings, self.epsilon)
    mask = __torch__.bert.padding_mask(lengths, torch.size(ids, 1), self.dtype)
    last = torch.sub(self.layer_count, 1)
    hidden = __torch__.bert.encode_layers(hidden, layers, 0, last, mask, self.heads, self.epsilon)
    if torch.__or__(self.averages_text, self.averages_labels):
      full = __torch__.bert.encode_layer(hidden, layers[last], mask, self.heads, self.epsilon)
      full = torch.to(full, 6)
      if self.averages_text:
        text = __torch__.heads.row_means(full, lengths)
      else:
        text = torch.select(full, 1, 0)
      if self.averages_labels:
        labels = __torch__.heads.span_means(full, starts, ends)
      else:
        labels = __torch__.heads.states_at(full, starts)
    else:
      first = torch.zeros([torch.size(ids, 0), 1], dtype=4)
      wanted = __torch__.heads.states_at(hidden, torch.cat([first, starts], 1))
      read = __torch__.bert.encode_layer_for(wanted, hidden, layers[last], mask, self.heads, self.epsilon)
      read = torch.to(read, 6)
      text = torch.select(read, 1, 0)
      labels = torch.slice(read, 1, 1, 9223372036854775807, 1)
    return self.compare(text, labels)

  # Text features [B, H] against label features [B, N, H]: logits [B, N].
  def compare(self: __torch__.joint.Joint,
    text: Tensor,
    labels: Tensor) -> Tensor:
    text_projector = unchecked_cast(__torch__.heads.Projector, self.text_projector)
    label_projector = unchecked_cast(__torch__.heads.Projector, self.label_projector)
    text_feature = __torch__.heads.project(text, text_projector)
    label_features = __torch__.heads.project(labels, label_projector)
    if self.normalizes:
      text_feature = __torch__.heads.normalize(text_feature)
      label_features = __torch__.heads.normalize(label_features)
    if self.perceives:
      perceptron = unchecked_cast(__torch__.heads.Perceptron, self.perceptron)
      logits = __torch__.heads.perceive(text_feature, label_features, perceptron)
    else:
      logits = __torch__.heads.dot(text_feature, label_features)
    if self.normalizes:
      logits = torch.mul(logits, unchecked_cast(Tensor, self.logit_scale))
    return logits
