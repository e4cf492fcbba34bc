# See scoring.py.


class JointScoring(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  scorer : __torch__.joint.Joint

  def prepare(self: __torch__.joint_scoring.JointScoring,
    weights: Dict[str, Tensor]) -> int:
    return self.scorer.prepare(weights)

  # Inputs as joint.score takes them.
  def scores(self: __torch__.joint_scoring.JointScoring,
    inputs: List[Tensor],
    adapter: List[Tensor]) -> Tensor:
    groups = __torch__.packing.groups_of(inputs[2])
    every = __torch__.lora.everywhere(groups, adapter)
    spaces = __torch__.lora.Spaces(every, every, every, every)
    batch = __torch__.batch.Batch(inputs[1], groups, every)
    return self.scorer.logits(inputs[0], batch, inputs[3], inputs[4], inputs[5], inputs[6], inputs[7], inputs[8], spaces)

  def texts(self: __torch__.joint_scoring.JointScoring,
    inputs: List[Tensor]) -> Tensor:
    model = unchecked_cast(__torch__.joint.Model, self.scorer.model)
    return __torch__.scoring.word_means(model.encoder.words, inputs[0], inputs[2])
