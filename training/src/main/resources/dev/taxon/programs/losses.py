# Losses over logits [B, N] where row b has counts[b] labels; positions beyond that never count.


def own_labels(counts: Tensor,
    labels: int) -> Tensor:
  numbers = torch.arange(labels, dtype=4, device=ops.prim.device(counts))
  return torch.lt(torch.unsqueeze(numbers, 0), torch.unsqueeze(counts, 1))


# Focal loss (arXiv 1708.02002) with logits, summed over each row's labels: [B]. Alpha below 0 switches the class
# weight off, gamma 0 the focusing, which leaves binary cross-entropy.
def focal(logits: Tensor,
    targets: Tensor,
    own: Tensor,
    alpha: float,
    gamma: float) -> Tensor:
  known = torch.masked_fill(logits, torch.logical_not(own), 0.)
  entropy = torch.binary_cross_entropy_with_logits(known, targets, None, None, 0)
  probability = torch.sigmoid(known)
  loss = entropy
  if torch.gt(gamma, 0.):
    distance = torch.abs(torch.sub(targets, probability))
    loss = torch.mul(loss, torch.pow(torch.clamp_min(distance, 1.0e-8), gamma))
  if torch.ge(alpha, 0.):
    negative = torch.mul(torch.rsub(targets, 1.), torch.sub(1., alpha))
    loss = torch.mul(loss, torch.add(torch.mul(targets, alpha), negative))
  return torch.sum(torch.mul(loss, torch.to(own, 6)), [1])


# Cross-entropy of the softmax over each row's labels: [B]. Rows with several true labels share their weight.
def softmax_entropy(logits: Tensor,
    targets: Tensor,
    own: Tensor) -> Tensor:
  masked = torch.masked_fill(logits, torch.logical_not(own), -1.0e9)
  share = torch.div(targets, torch.clamp_min(torch.sum(targets, [1], True), 1.))
  return torch.neg(torch.sum(torch.mul(torch.log_softmax(masked, 1), share), [1]))


# How many rows score a true label highest: [].
def best_is_true(logits: Tensor,
    targets: Tensor,
    own: Tensor) -> Tensor:
  best = torch.argmax(torch.masked_fill(logits, torch.logical_not(own), -1.0e9), 1, True)
  return torch.sum(torch.gather(targets, 1, best))


# The mean over rows of what each row's labels cost, from logits [M] of rows of counts labels, and how many rows score a
# true label highest. Settings: focal alpha, focal gamma, weight of the binary term, weight of the softmax term, which
# rows with one right label [B] have.
def supervised(scores: Tensor,
    counts: Tensor,
    targets: Tensor,
    single: Tensor,
    settings: Tensor) -> Tuple[Tensor, Tensor]:
  own = __torch__.losses.own_labels(counts, torch.size(targets, 1))
  empty = torch.zeros(torch.size(targets), dtype=6, device=ops.prim.device(targets))
  logits = torch.masked_scatter(empty, own, scores)
  alpha = torch.FloatImplicit(torch.select(settings, 0, 0))
  gamma = torch.FloatImplicit(torch.select(settings, 0, 1))
  binary_weight = torch.FloatImplicit(torch.select(settings, 0, 2))
  softmax_weight = torch.FloatImplicit(torch.select(settings, 0, 3))
  binary = torch.mul(__torch__.losses.focal(logits, targets, own, alpha, gamma), binary_weight)
  softmax = torch.mul(__torch__.losses.softmax_entropy(logits, targets, own), softmax_weight)
  loss = torch.mean(torch.add(binary, torch.mul(softmax, single)))
  return (loss, __torch__.losses.best_is_true(logits, targets, own))
