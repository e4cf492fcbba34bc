# Proximal policy optimisation (PPO, arXiv 1707.06347) over logits [B, N], where row b's own labels are told by own [B, N].
# A row of single [B], 1 or 0, makes one decision: one label, by the softmax over its own. Any other row decides each of
# its labels apart: a Bernoulli distribution, its sigmoid. What is told per decision is [B, N]: the one number of a row
# with a single label stands at each of its labels, so that a mean over own labels is one over decisions for both.
# All of it is in double precision: there are few numbers, and a divergence is what nearly equal ones differ by.


# Logarithms of how likely each label is to be chosen and to be left [B, N]. A categorical distribution has the same sums
# over its labels as independent ones where leaving a label is certain, so that its left is zero.
class Policy(NamedTuple):
  own : Tensor
  single : Tensor
  chosen : Tensor
  left : Tensor


# What a batch did before it was learned from: made once, read by every inner iteration. Actions [B, N], 1 for a label
# that was chosen; their log-probabilities then, per decision [B, N]; what they were worth [B].
class Experience(NamedTuple):
  actions : Tensor
  log_probabilities : Tensor
  advantages : Tensor


def policy_of(logits: Tensor,
    own: Tensor,
    single: Tensor) -> __torch__.policy.Policy:
  others = torch.logical_not(own)
  exact = torch.to(torch.masked_fill(logits, others, 0.), 7)
  shares = torch.log_softmax(torch.masked_fill(exact, others, -1.0e9), 1)
  one = torch.unsqueeze(torch.gt(single, 0), 1)
  chosen = torch.where(one, shares, torch.log_sigmoid(exact))
  left = torch.where(one, torch.zeros_like(exact), torch.log_sigmoid(torch.neg(exact)))
  return __torch__.policy.Policy(own, one, chosen, left)


# Own labels' terms [B, N] as numbers per decision.
def decided(terms: Tensor,
    policy: __torch__.policy.Policy) -> Tensor:
  kept = torch.masked_fill(terms, torch.logical_not(policy.own), 0.)
  return torch.where(policy.single, torch.sum(kept, [1], True), kept)


# Mean over a row's decisions, and over rows: [].
def mean(decisions: Tensor,
    policy: __torch__.policy.Policy) -> Tensor:
  kept = torch.masked_fill(decisions, torch.logical_not(policy.own), 0.)
  counts = torch.clamp_min(torch.sum(torch.to(policy.own, 7), [1]), 1.)
  return torch.mean(torch.div(torch.sum(kept, [1]), counts))


# Actions [B, N] from numbers that are uniform in [0, 1) [B, N]. A row with a single label uses the first of its own.
def sample(policy: __torch__.policy.Policy,
    uniform: Tensor) -> Tensor:
  probabilities = torch.masked_fill(torch.exp(policy.chosen), torch.logical_not(policy.own), 0.)
  each = torch.to(torch.lt(uniform, probabilities), 7)
  passed = torch.le(torch.cumsum(probabilities, 1), torch.narrow(uniform, 1, 0, 1))
  # Rounded sums may end below 1: whatever lies beyond is the last label.
  last = torch.sub(torch.sum(torch.to(policy.own, 4), [1], True), 1)
  place = torch.minimum(torch.sum(torch.to(passed, 4), [1], True), last)
  return torch.where(policy.single, torch.scatter(torch.zeros_like(each), 1, place, 1.), each)


# Log-probability of actions [B, N] per decision: [B, N].
def log_probability(actions: Tensor,
    policy: __torch__.policy.Policy) -> Tensor:
  chosen = torch.mul(actions, policy.chosen)
  return __torch__.policy.decided(torch.add(chosen, torch.mul(torch.rsub(actions, 1.), policy.left)), policy)


# Entropy of each decision's whole distribution: [B, N].
def entropy(policy: __torch__.policy.Policy) -> Tensor:
  chosen = torch.mul(torch.exp(policy.chosen), policy.chosen)
  left = torch.mul(torch.exp(policy.left), policy.left)
  return __torch__.policy.decided(torch.neg(torch.add(chosen, left)), policy)


# Kullback-Leibler divergence of each decision's whole distribution from a reference's: [B, N].
def divergence(policy: __torch__.policy.Policy,
    reference: __torch__.policy.Policy) -> Tensor:
  chosen = torch.mul(torch.exp(policy.chosen), torch.sub(policy.chosen, reference.chosen))
  left = torch.mul(torch.exp(policy.left), torch.sub(policy.left, reference.left))
  # It is never negative; what is rounded may be.
  return torch.clamp_min(__torch__.policy.decided(torch.add(chosen, left), policy), 0.)


# The policy must be that of before any update.
def experience_of(policy: __torch__.policy.Policy,
    actions: Tensor,
    advantages: Tensor) -> __torch__.policy.Experience:
  before = torch.detach(__torch__.policy.log_probability(actions, policy))
  return __torch__.policy.Experience(actions, before, torch.to(advantages, 7))


# How many times as likely the actions are as when they were taken, per decision: [B, N].
def ratio(policy: __torch__.policy.Policy,
    experience: __torch__.policy.Experience) -> Tensor:
  now = __torch__.policy.log_probability(experience.actions, policy)
  return torch.exp(torch.sub(now, experience.log_probabilities))


# The clipped surrogate (equation 7), negated, per decision: [B, N].
def surrogate(policy: __torch__.policy.Policy,
    experience: __torch__.policy.Experience,
    clip: float) -> Tensor:
  advantages = torch.unsqueeze(experience.advantages, 1)
  ratio = __torch__.policy.ratio(policy, experience)
  clipped = torch.clamp(ratio, torch.sub(1., clip), torch.add(1., clip))
  return torch.neg(torch.minimum(torch.mul(ratio, advantages), torch.mul(clipped, advantages)))


# The whole loss: []. A weight of 0 leaves its term out.
def loss(policy: __torch__.policy.Policy,
    experience: __torch__.policy.Experience,
    reference: __torch__.policy.Policy,
    clip: float,
    entropy_weight: float,
    divergence_weight: float) -> Tensor:
  loss = __torch__.policy.mean(__torch__.policy.surrogate(policy, experience, clip), policy)
  if torch.gt(entropy_weight, 0.):
    entropy = __torch__.policy.mean(__torch__.policy.entropy(policy), policy)
    loss = torch.sub(loss, torch.mul(entropy, entropy_weight))
  if torch.gt(divergence_weight, 0.):
    divergence = __torch__.policy.mean(__torch__.policy.divergence(policy, reference), policy)
    loss = torch.add(loss, torch.mul(divergence, divergence_weight))
  return loss


# What is recorded of an iteration, whatever the loss is made of: entropy, divergence from the reference, and the share
# of decisions whose ratio lies outside the clip: [3].
def figures(policy: __torch__.policy.Policy,
    experience: __torch__.policy.Experience,
    reference: __torch__.policy.Policy,
    clip: float) -> Tensor:
  entropy = __torch__.policy.mean(__torch__.policy.entropy(policy), policy)
  divergence = __torch__.policy.mean(__torch__.policy.divergence(policy, reference), policy)
  distance = torch.abs(torch.sub(__torch__.policy.ratio(policy, experience), 1.))
  clipped = __torch__.policy.mean(torch.to(torch.gt(distance, clip), 7), policy)
  return torch.detach(torch.stack([entropy, divergence, clipped], 0))


# What a policy tells of how well it will do, whatever it then does: the mean and the largest probability of a row's own
# labels, and the mean entropy of its decisions: [B, 3], apart from autograd.
def confidence(policy: __torch__.policy.Policy) -> Tensor:
  probabilities = torch.masked_fill(torch.exp(policy.chosen), torch.logical_not(policy.own), 0.)
  counts = torch.clamp_min(torch.sum(torch.to(policy.own, 7), [1]), 1.)
  entropies = torch.masked_fill(__torch__.policy.entropy(policy), torch.logical_not(policy.own), 0.)
  told = [torch.div(torch.sum(probabilities, [1]), counts), torch.amax(probabilities, [1]), torch.div(torch.sum(entropies, [1]), counts)]
  return torch.to(torch.detach(torch.stack(told, 1)), 6)
