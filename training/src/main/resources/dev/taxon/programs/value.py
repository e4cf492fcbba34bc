# The value head: which reward a row can expect, from what is known before it acts. It has an optimiser of its own, and no
# gradient of it reaches the model. F features, K units.


# Text features [B, H], each row brought to mean 0 and variance 1, beside what the policy tells of itself [B, 3].
def features(text: Tensor,
    policy: __torch__.policy.Policy) -> Tensor:
  normed = torch.layer_norm(torch.to(torch.detach(text), 6), [torch.size(text, 1)], None, None, 1.0e-5)
  return torch.cat([normed, __torch__.policy.confidence(policy)], 1)


# Two layers: weight [F, K], bias [K], weight [K, 1], bias [1]. Features [B, F] to [B].
def value(features: Tensor,
    parameters: List[Tensor]) -> Tensor:
  raised = torch.tanh(torch.addmm(parameters[1], features, parameters[0]))
  return torch.squeeze(torch.addmm(parameters[3], raised, parameters[2]), 1)


# One step towards rewards [B] by squared error, which it gives as it was before: []. Changes nothing when it is not
# finite.
def learn(state: __torch__.adamw.State,
    features: Tensor,
    rewards: Tensor,
    step: Tensor,
    rate: float) -> Tensor:
  torch.set_grad_enabled(True)
  error = torch.sub(__torch__.value.value(features, state.parameters), torch.to(rewards, 6))
  loss = torch.mean(torch.square(error))
  found = torch.grad([loss], state.parameters)
  torch.set_grad_enabled(False)
  gradients = annotate(List[Tensor], [])
  groups = annotate(List[int], [])
  for index in range(torch.len(found)):
    _0 = torch.append(gradients, unchecked_cast(Tensor, found[index]))
    _1 = torch.append(groups, 0)
  norm = __torch__.adamw.gradient_norm(gradients)
  if bool(torch.all(torch.isfinite(torch.add(norm, loss)))):
    divisor = torch.clamp_min(norm, 1.)
    _2 = __torch__.adamw.update_group(state, gradients, groups, 0, torch.to(step, 6), divisor, rate, 0.)
  return torch.detach(loss)
