# See scoring.py.


class LateMixingScoring(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  scorer : __torch__.late_mixing.LateMixing

  def prepare(self: __torch__.late_mixing_scoring.LateMixingScoring,
    weights: Dict[str, Tensor]) -> int:
    return self.scorer.prepare(weights)

  # Inputs: packed texts, their positions and groups; distinct labels likewise, each begun by a place for its mark; which
  # label each of a row's is and whose it is [M].
  def scores(self: __torch__.late_mixing_scoring.LateMixingScoring,
    inputs: List[Tensor],
    adapter: List[Tensor]) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.scorer.model)
    label_groups = __torch__.packing.groups_of(inputs[5])
    own = __torch__.lora.everywhere(label_groups, adapter)
    label_batch = __torch__.batch.Batch(inputs[4], label_groups, own)
    states = __torch__.late_mixing.label_states(model, inputs[3], label_batch, own)
    groups = __torch__.packing.groups_of(inputs[2])
    every = __torch__.lora.everywhere(groups, adapter)
    spaces = __torch__.lora.Spaces(every, every, every, every)
    return __torch__.late_mixing.logits(model, inputs[0], inputs[1], groups, states, inputs[6], inputs[7], spaces)

  def texts(self: __torch__.late_mixing_scoring.LateMixingScoring,
    inputs: List[Tensor]) -> Tensor:
    model = unchecked_cast(__torch__.late_mixing.Model, self.scorer.model)
    return __torch__.scoring.word_means(model.encoder.words, inputs[0], inputs[2])
