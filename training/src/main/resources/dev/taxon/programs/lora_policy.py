# Policy gradients for an adapter, by the functions of policy.py. B rows of at most N labels.


# What is kept from acting until the batch is learned from: whose labels are a row's own [B, N], which rows have one [B],
# the actions [B, N], the policy then and the frozen one, and what the value head reads [B, F].
class Acted(NamedTuple):
  own : Tensor
  single : Tensor
  actions : Tensor
  policy : __torch__.policy.Policy
  reference : __torch__.policy.Policy
  told : Tensor


# Copies that no update reaches.
def kept(tensors: List[Tensor]) -> List[Tensor]:
  copies = annotate(List[Tensor], [])
  for index in range(torch.len(tensors)):
    _0 = torch.append(copies, torch.clone(torch.detach(tensors[index])))
  return copies


# The policy of logits [M], one row's after another's.
def policy_of(scores: Tensor,
    own: Tensor,
    single: Tensor) -> __torch__.policy.Policy:
  empty = torch.zeros(torch.size(own), dtype=6, device=ops.prim.device(own))
  logits = torch.masked_scatter(empty, own, scores)
  return __torch__.policy.policy_of(logits, own, single)


# Logits under the adapter and under the reference [M]; what the rows' words are [B, E]; labels of each row [B]; which have
# one right label [B]; by label numbers to sample with, or what was done before [B, N], and in which rows it was [B].
def act(scores: Tensor,
    start: Tensor,
    texts: Tensor,
    counts: Tensor,
    single: Tensor,
    numbers: Tensor,
    is_taken: Tensor) -> __torch__.lora_policy.Acted:
  own = __torch__.losses.own_labels(counts, torch.size(numbers, 1))
  whole = torch.clone(single)
  policy = __torch__.lora_policy.policy_of(scores, own, whole)
  reference = __torch__.lora_policy.policy_of(start, own, whole)
  before = torch.unsqueeze(torch.gt(is_taken, 0), 1)
  actions = torch.where(before, numbers, __torch__.policy.sample(policy, numbers))
  told = __torch__.value.features(torch.narrow(texts, 0, 0, torch.size(counts, 0)), policy)
  return __torch__.lora_policy.Acted(own, whole, actions, policy, reference, told)


# Actions and, in a last column, values: [B, N + 1].
def answers(acted: __torch__.lora_policy.Acted,
    value: __torch__.adamw.State) -> Tensor:
  values = torch.detach(__torch__.value.value(acted.told, value.parameters))
  return torch.cat([acted.actions, torch.to(torch.unsqueeze(values, 1), 7)], 1)


# One inner iteration from logits [M] under autograd; where both rates are 0 the policy and its moments rest. Settings: update, rates of encoder and heads, weight decay, largest
# gradient norm, value rate, clip, weights of entropy and divergence. Gives loss, gradient norm, entropy, divergence, clip
# fraction and value loss [6].
def improve(state: __torch__.adamw.State,
    value: __torch__.adamw.State,
    shape: __torch__.low_rank.Shape,
    acted: __torch__.lora_policy.Acted,
    scores: Tensor,
    advantages: Tensor,
    rewards: Tensor,
    settings: Tensor) -> Tensor:
  experience = __torch__.policy.experience_of(acted.policy, acted.actions, advantages)
  policy = __torch__.lora_policy.policy_of(scores, acted.own, acted.single)
  clip = torch.FloatImplicit(torch.select(settings, 0, 6))
  entropy_weight = torch.FloatImplicit(torch.select(settings, 0, 7))
  divergence_weight = torch.FloatImplicit(torch.select(settings, 0, 8))
  loss = __torch__.policy.loss(policy, experience, acted.reference, clip, entropy_weight, divergence_weight)
  gradients = __torch__.adamw.gradients(state, loss)
  torch.set_grad_enabled(False)
  figures = __torch__.policy.figures(policy, experience, acted.reference, clip)
  if bool(torch.any(torch.gt(torch.narrow(settings, 0, 1, 2), 0))):
    groups = __torch__.low_rank.encoder_and_heads(shape)
    norm = __torch__.low_rank.update(state, torch.detach(loss), gradients, groups, settings)
  else:
    norm = __torch__.adamw.gradient_norm(gradients)
  value_rate = torch.FloatImplicit(torch.select(settings, 0, 5))
  step = torch.select(settings, 0, 0)
  value_loss = __torch__.value.learn(value, acted.told, rewards, step, value_rate)
  ends = [torch.reshape(torch.detach(loss), [1]), torch.to(norm, 7), figures, torch.reshape(torch.to(value_loss, 7), [1])]
  return torch.cat(ends, 0)
