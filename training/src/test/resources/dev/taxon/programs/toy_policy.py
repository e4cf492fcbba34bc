# A whole policy, small: logits are features [B, F] times weights [F, N]. What a trainer of a real model does with the
# functions of a policy and a value head.


class ToyPolicy(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  names : str
  state : Optional[__torch__.adamw.State]
  value : Optional[__torch__.adamw.State]
  start : Optional[Tensor]
  features : Optional[Tensor]
  own : Optional[Tensor]
  single : Optional[Tensor]
  actions : Optional[Tensor]
  old : Optional[__torch__.policy.Policy]
  reference : Optional[__torch__.policy.Policy]
  told : Optional[Tensor]

  # The policy's weights, and the value head's by name.
  def prepare(self: __torch__.toy_policy.ToyPolicy,
    value: Dict[str, Tensor],
    weights: Tensor) -> Tensor:
    self.start = torch.clone(weights)
    self.state = __torch__.adamw.state_of({"weights": weights}, ["weights"])
    self.value = __torch__.adamw.state_of(value, torch.split(self.names, "\n", -1))
    return weights

  def weights(self: __torch__.toy_policy.ToyPolicy) -> Tensor:
    return torch.detach(unchecked_cast(__torch__.adamw.State, self.state).parameters[0])

  def policy(self: __torch__.toy_policy.ToyPolicy,
    weights: Tensor) -> __torch__.policy.Policy:
    logits = torch.matmul(unchecked_cast(Tensor, self.features), weights)
    return __torch__.policy.policy_of(logits, unchecked_cast(Tensor, self.own), unchecked_cast(Tensor, self.single))

  # Features, counts [B], single [B], numbers to sample with [B, N], actions that were taken before [B, N] and in which
  # rows [B]. Gives actions and, in a last column, values: [B, N + 1].
  def act(self: __torch__.toy_policy.ToyPolicy,
    features: Tensor,
    counts: Tensor,
    single: Tensor,
    uniform: Tensor,
    taken: Tensor,
    is_taken: Tensor) -> Tensor:
    self.features = torch.clone(features)
    self.own = __torch__.losses.own_labels(counts, torch.size(taken, 1))
    self.single = torch.clone(single)
    policy = self.policy(self.weights())
    self.old = policy
    self.reference = self.policy(unchecked_cast(Tensor, self.start))
    actions = torch.where(torch.unsqueeze(torch.gt(is_taken, 0), 1), taken, __torch__.policy.sample(policy, uniform))
    self.actions = actions
    told = __torch__.value.features(features, policy)
    self.told = told
    state = unchecked_cast(__torch__.adamw.State, self.value)
    values = torch.detach(__torch__.value.value(told, state.parameters))
    return torch.cat([actions, torch.to(torch.unsqueeze(values, 1), 7)], 1)

  # Settings: update, rate, value rate, clip, weights of entropy and divergence. Gives loss, gradient norm, entropy,
  # divergence, clip fraction and value loss.
  def improve(self: __torch__.toy_policy.ToyPolicy,
    advantages: Tensor,
    rewards: Tensor,
    settings: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    state = unchecked_cast(__torch__.adamw.State, self.state)
    old = unchecked_cast(__torch__.policy.Policy, self.old)
    reference = unchecked_cast(__torch__.policy.Policy, self.reference)
    experience = __torch__.policy.experience_of(old, unchecked_cast(Tensor, self.actions), advantages)
    policy = self.policy(state.parameters[0])
    clip = torch.FloatImplicit(torch.select(settings, 0, 3))
    entropy_weight = torch.FloatImplicit(torch.select(settings, 0, 4))
    divergence_weight = torch.FloatImplicit(torch.select(settings, 0, 5))
    loss = __torch__.policy.loss(policy, experience, reference, clip, entropy_weight, divergence_weight)
    found = torch.grad([loss], state.parameters)
    gradients = [unchecked_cast(Tensor, found[0])]
    torch.set_grad_enabled(False)
    figures = __torch__.policy.figures(policy, experience, reference, clip)
    norm = __torch__.adamw.gradient_norm(gradients)
    step = torch.to(torch.select(settings, 0, 0), 6)
    rate = torch.FloatImplicit(torch.select(settings, 0, 1))
    if bool(torch.all(torch.isfinite(torch.add(norm, loss)))) and torch.gt(rate, 0.):
      _0 = __torch__.adamw.update_group(state, gradients, [0], 0, step, torch.ones([]), rate, 0.)
    value = unchecked_cast(__torch__.adamw.State, self.value)
    value_rate = torch.FloatImplicit(torch.select(settings, 0, 2))
    value_loss = __torch__.value.learn(value, unchecked_cast(Tensor, self.told), rewards, step, value_rate)
    parts = [torch.reshape(torch.detach(loss), [1]), torch.to(norm, 7), figures, torch.reshape(torch.to(value_loss, 7), [1])]
    return torch.cat(parts, 0)
