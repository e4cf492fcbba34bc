# LoRA (arXiv 2106.09685): the model stays as it is, and one adapter, which all rows carry, learns, from labels or from
# rewards.


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
  value_names : str
  value : Optional[__torch__.adamw.State]
  reference : Optional[List[Tensor]]
  acted : Optional[__torch__.lora_policy.Acted]

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
    shape = unchecked_cast(__torch__.low_rank.Shape, self.shape)
    return __torch__.low_rank.supervise(state, shape, self.scores(inputs), counts, targets, single, settings)

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

  # A value head by name. The adapter as it stands becomes the reference policy, which stays.
  def begin_policy(self: __torch__.lora_training.LoraTraining,
    value: Dict[str, Tensor]) -> Tensor:
    self.value = __torch__.adamw.state_of(value, torch.split(self.value_names, "\n", -1))
    shape = unchecked_cast(__torch__.low_rank.Shape, self.shape)
    adapter = __torch__.low_rank.adapter_of(unchecked_cast(__torch__.adamw.State, self.state), shape)
    self.reference = __torch__.lora_policy.kept(adapter)
    return torch.zeros([1])

  # The same as tensors and restore, of the value head.
  def value_tensors(self: __torch__.lora_training.LoraTraining) -> List[Tensor]:
    return __torch__.adamw.tensors(unchecked_cast(__torch__.adamw.State, self.value))

  def restore_value(self: __torch__.lora_training.LoraTraining,
    saved: List[Tensor]) -> int:
    return __torch__.adamw.restore(unchecked_cast(__torch__.adamw.State, self.value), saved)

  # Acts on rows once: see lora_policy.act.
  def act(self: __torch__.lora_training.LoraTraining,
    inputs: List[Tensor],
    counts: Tensor,
    single: Tensor,
    numbers: Tensor,
    is_taken: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    start = self.scorer.scores(inputs, unchecked_cast(List[Tensor], self.reference))
    told = self.scorer.texts(inputs)
    acted = __torch__.lora_policy.act(self.scores(inputs), start, told, counts, single, numbers, is_taken)
    self.acted = acted
    return __torch__.lora_policy.answers(acted, unchecked_cast(__torch__.adamw.State, self.value))

  # One inner iteration on the rows that were acted on last: see lora_policy.improve.
  def improve(self: __torch__.lora_training.LoraTraining,
    inputs: List[Tensor],
    advantages: Tensor,
    rewards: Tensor,
    settings: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    state = unchecked_cast(__torch__.adamw.State, self.state)
    value = unchecked_cast(__torch__.adamw.State, self.value)
    shape = unchecked_cast(__torch__.low_rank.Shape, self.shape)
    acted = unchecked_cast(__torch__.lora_policy.Acted, self.acted)
    scores = self.scores(inputs)
    return __torch__.lora_policy.improve(state, value, shape, acted, scores, advantages, rewards, settings)
