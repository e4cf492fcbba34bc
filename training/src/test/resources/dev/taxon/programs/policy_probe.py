# The functions of a policy and its value head, called by tests one by one. Logits [B, N], counts [B], single [B].


class PolicyProbe(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  value : Optional[__torch__.adamw.State]

  def of(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor) -> __torch__.policy.Policy:
    own = __torch__.losses.own_labels(counts, torch.size(logits, 1))
    return __torch__.policy.policy_of(logits, own, single)

  def sample(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor,
    uniform: Tensor) -> Tensor:
    return __torch__.policy.sample(self.of(logits, counts, single), uniform)

  def log_probability(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor,
    actions: Tensor) -> Tensor:
    return __torch__.policy.log_probability(actions, self.of(logits, counts, single))

  def entropy(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor) -> Tensor:
    return __torch__.policy.entropy(self.of(logits, counts, single))

  def divergence(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor,
    reference: Tensor) -> Tensor:
    return __torch__.policy.divergence(self.of(logits, counts, single), self.of(reference, counts, single))

  def confidence(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor) -> Tensor:
    return __torch__.policy.confidence(self.of(logits, counts, single))

  # Ratios and surrogates per decision: [2, B, N].
  def surrogate(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor,
    old: Tensor,
    actions: Tensor,
    advantages: Tensor,
    clip: Tensor) -> Tensor:
    policy = self.of(logits, counts, single)
    experience = __torch__.policy.experience_of(self.of(old, counts, single), actions, advantages)
    ratio = __torch__.policy.ratio(policy, experience)
    return torch.stack([ratio, __torch__.policy.surrogate(policy, experience, torch.FloatImplicit(clip))], 0)

  # Settings: clip, weights of entropy and divergence. Gives the loss, the three figures and the loss's gradient by the
  # logits, one after the other.
  def loss(self: __torch__.policy_probe.PolicyProbe,
    logits: Tensor,
    counts: Tensor,
    single: Tensor,
    old: Tensor,
    reference: Tensor,
    actions: Tensor,
    advantages: Tensor,
    settings: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    learned = torch.requires_grad_(torch.detach(torch.clone(logits)), True)
    policy = self.of(learned, counts, single)
    frozen = self.of(reference, counts, single)
    experience = __torch__.policy.experience_of(self.of(old, counts, single), actions, advantages)
    clip = torch.FloatImplicit(torch.select(settings, 0, 0))
    entropy_weight = torch.FloatImplicit(torch.select(settings, 0, 1))
    divergence_weight = torch.FloatImplicit(torch.select(settings, 0, 2))
    loss = __torch__.policy.loss(policy, experience, frozen, clip, entropy_weight, divergence_weight)
    found = torch.grad([loss], [learned])
    gradient = unchecked_cast(Tensor, found[0])
    torch.set_grad_enabled(False)
    figures = __torch__.policy.figures(policy, experience, frozen, clip)
    return torch.cat([torch.reshape(torch.detach(loss), [1]), figures, torch.reshape(gradient, [-1])], 0)

  # The value head's parameters, in the order that it reads them.
  def prepare(self: __torch__.policy_probe.PolicyProbe,
    first: Tensor,
    first_bias: Tensor,
    second: Tensor,
    second_bias: Tensor) -> Tensor:
    weights = {"a": first, "b": first_bias, "c": second, "d": second_bias}
    self.value = __torch__.adamw.state_of(weights, ["a", "b", "c", "d"])
    return first

  def values(self: __torch__.policy_probe.PolicyProbe,
    features: Tensor) -> Tensor:
    state = unchecked_cast(__torch__.adamw.State, self.value)
    return torch.detach(__torch__.value.value(features, state.parameters))

  def features(self: __torch__.policy_probe.PolicyProbe,
    text: Tensor,
    logits: Tensor,
    counts: Tensor,
    single: Tensor) -> Tensor:
    return __torch__.value.features(text, self.of(logits, counts, single))

  def learn(self: __torch__.policy_probe.PolicyProbe,
    features: Tensor,
    rewards: Tensor,
    step: Tensor,
    rate: Tensor) -> Tensor:
    state = unchecked_cast(__torch__.adamw.State, self.value)
    return __torch__.value.learn(state, features, rewards, step, torch.FloatImplicit(rate))
