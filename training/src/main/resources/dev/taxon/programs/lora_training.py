# LoRA (arXiv 2106.09685): the model stays as it is, and one adapter, which all rows carry, learns.


class LoraTraining(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  integers : Dict[str, int]
  numbers : Dict[str, float]
  targets : Dict[str, int]
  names : str
  scale : float
  scorer : __torch__.scoring.Scoring
  shape : Optional[__torch__.low_rank.Shape]
  state : Optional[__torch__.adamw.State]

  # Takes the model's weights, by their names in the checkpoint, and the numbers of the layers that adapters change.
  def prepare(self: __torch__.lora_training.LoraTraining,
    weights: Dict[str, Tensor],
    layers: Tensor) -> Tensor:
    self.shape = __torch__.low_rank.shape_of(layers, self.integers, self.scale, self.dtype)
    _0 = self.scorer.prepare(weights)
    return layers

  # An adapter to begin with: downs and ups by name.
  def begin(self: __torch__.lora_training.LoraTraining,
    adapter: Dict[str, Tensor]) -> Tensor:
    self.state = __torch__.adamw.state_of(adapter, torch.split(self.names, "\n", -1))
    return torch.zeros([1])

  # See adamw.tensors and adamw.restore.
  def tensors(self: __torch__.lora_training.LoraTraining) -> List[Tensor]:
    return __torch__.adamw.tensors(unchecked_cast(__torch__.adamw.State, self.state))

  def restore(self: __torch__.lora_training.LoraTraining,
    saved: List[Tensor]) -> int:
    return __torch__.adamw.restore(unchecked_cast(__torch__.adamw.State, self.state), saved)

  # One step: see low_rank.supervise.
  def step(self: __torch__.lora_training.LoraTraining,
    inputs: List[Tensor],
    counts: Tensor,
    targets: Tensor,
    single: Tensor,
    settings: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    state = unchecked_cast(__torch__.adamw.State, self.state)
    return __torch__.low_rank.supervise(state, self.scores(inputs), counts, targets, single, settings)

  # Logits [M] under the adapter as it stands.
  def score(self: __torch__.lora_training.LoraTraining,
    inputs: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    return self.scores(inputs)

  def scores(self: __torch__.lora_training.LoraTraining,
    inputs: List[Tensor]) -> Tensor:
    shape = unchecked_cast(__torch__.low_rank.Shape, self.shape)
    adapter = __torch__.low_rank.adapter_of(unchecked_cast(__torch__.adamw.State, self.state), shape)
    return self.scorer.scores(inputs, adapter)
