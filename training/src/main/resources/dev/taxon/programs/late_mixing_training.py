# Training of a late-mixing model. Weights are kept in single precision; each step casts the encoder's to the working
# type, so that products run in it and updates do not.


class LateMixingTraining(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  integers : Dict[str, int]
  numbers : Dict[str, float]
  targets : Dict[str, int]
  names : str
  words : Optional[Tensor]
  groups : Optional[List[int]]
  state : Optional[__torch__.adamw.State]

  # Takes the weights that learn, by name, the word embeddings, which do not, and each weight's group in the order of
  # the names, which a dictionary from Java does not keep: 0 and 1 are the encoder's matrices and vectors, 2 and 3
  # those of all else.
  def prepare(self: __torch__.late_mixing_training.LateMixingTraining,
    weights: Dict[str, Tensor],
    words: Tensor,
    groups: Tensor) -> Tensor:
    self.words = torch.clone(words)
    numbers = annotate(List[int], [])
    for index in range(torch.size(groups, 0)):
      _0 = torch.append(numbers, torch.IntImplicit(torch.select(groups, 0, index)))
    self.groups = numbers
    self.state = __torch__.adamw.state_of(weights, torch.split(self.names, "\n", -1))
    return groups

  # See adamw.tensors and adamw.restore.
  def tensors(self: __torch__.late_mixing_training.LateMixingTraining) -> List[Tensor]:
    return __torch__.adamw.tensors(unchecked_cast(__torch__.adamw.State, self.state))

  def restore(self: __torch__.late_mixing_training.LateMixingTraining,
    saved: List[Tensor]) -> int:
    return __torch__.adamw.restore(unchecked_cast(__torch__.adamw.State, self.state), saved)

  # One optimiser step. Packed texts with positions and groups, distinct labels likewise, each begun by a place for its
  # mark; which label each of a row's is and whose it is [M], how many a row has [B], targets [B, N], which rows have
  # one right label [B]. Settings: step, encoder rate, head rate,
  # weight decay, largest gradient norm, then those of losses.supervised.
  # Gives loss, gradient norm and how many rows score a true label highest.
  def step(self: __torch__.late_mixing_training.LateMixingTraining,
    ids: Tensor,
    positions: Tensor,
    table: Tensor,
    label_ids: Tensor,
    label_positions: Tensor,
    label_table: Tensor,
    labels: Tensor,
    label_rows: Tensor,
    counts: Tensor,
    targets: Tensor,
    single: Tensor,
    settings: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    state = unchecked_cast(__torch__.adamw.State, self.state)
    words = unchecked_cast(Tensor, self.words)
    source = __torch__.linear.source_of(__torch__.adamw.named_parameters(state), self.targets, "plain", "plain")
    model = __torch__.late_mixing.model_of(source, words, self.integers, self.numbers, self.dtype)
    none = __torch__.lora.none()
    label_batch = __torch__.batch.Batch(label_positions, __torch__.packing.groups_of(label_table), none)
    label_states = __torch__.late_mixing.label_states(model, label_ids, label_batch, none)
    groups = __torch__.packing.groups_of(table)
    nowhere = __torch__.lora.nowhere()
    scores = __torch__.late_mixing.logits(model, ids, positions, groups, label_states, labels, label_rows, nowhere)
    loss, correct, = __torch__.losses.supervised(scores, counts, targets, single, torch.slice(settings, 0, 5, 9, 1))
    gradients = __torch__.adamw.gradients(state, loss)
    torch.set_grad_enabled(False)
    norm = __torch__.adamw.gradient_norm(gradients)
    if bool(torch.all(torch.isfinite(torch.add(norm, loss)))):
      _0 = self.update(gradients, norm, settings)
    return torch.cat([torch.reshape(torch.detach(loss), [1]), norm, torch.reshape(torch.detach(correct), [1])], 0)

  def update(self: __torch__.late_mixing_training.LateMixingTraining,
    gradients: List[Tensor],
    norm: Tensor,
    settings: Tensor) -> int:
    state = unchecked_cast(__torch__.adamw.State, self.state)
    groups = unchecked_cast(List[int], self.groups)
    step = torch.to(torch.select(settings, 0, 0), 6)
    divisor = torch.clamp_min(torch.div(norm, torch.to(torch.select(settings, 0, 4), 6)), 1.)
    encoder_rate = torch.FloatImplicit(torch.select(settings, 0, 1))
    head_rate = torch.FloatImplicit(torch.select(settings, 0, 2))
    decay = torch.FloatImplicit(torch.select(settings, 0, 3))
    _0 = __torch__.adamw.update_group(state, gradients, groups, 0, step, divisor, encoder_rate, decay)
    _1 = __torch__.adamw.update_group(state, gradients, groups, 1, step, divisor, encoder_rate, 0.)
    _2 = __torch__.adamw.update_group(state, gradients, groups, 2, step, divisor, head_rate, decay)
    _3 = __torch__.adamw.update_group(state, gradients, groups, 3, step, divisor, head_rate, 0.)
    return torch.len(groups)
