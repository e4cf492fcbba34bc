# How a label's feature is held against its text's (arXiv 2508.07662, section 3.2). B rows; M labels of all rows, each with
# the number of its row [M]. Which linear layers a scorer has tells its kind.


class Perceptron(NamedTuple):
  first : __torch__.linear.Linear
  second : __torch__.linear.Linear
  third : __torch__.linear.Linear


def perceptron_of(source: __torch__.linear.Source,
    name: str) -> __torch__.scorers.Perceptron:
  first = __torch__.linear.linear_of(source, torch.add(name, ".0"), 6)
  second = __torch__.linear.linear_of(source, torch.add(name, ".2"), 6)
  third = __torch__.linear.linear_of(source, torch.add(name, ".4"), 6)
  return __torch__.scorers.Perceptron(first, second, third)


# Linear layers and norms by name, without "model.scorer.".
class Scorer(NamedTuple):
  kind : str
  heads : int
  perceptrons : List[__torch__.scorers.Perceptron]
  linears : Dict[str, __torch__.linear.Linear]
  norms : Dict[str, __torch__.linear.LayerNorm]


def scorer_of(source: __torch__.linear.Source,
    kind: str,
    heads: int) -> __torch__.scorers.Scorer:
  perceptrons = annotate(List[__torch__.scorers.Perceptron], [])
  linears = annotate(Dict[str, __torch__.linear.Linear], {})
  norms = annotate(Dict[str, __torch__.linear.LayerNorm], {})
  names = annotate(List[str], [])
  if kind == "mlp":
    _0 = torch.append(perceptrons, __torch__.scorers.perceptron_of(source, "model.scorer.mlp"))
  elif kind == "weighted-dot":
    names = ["proj_text", "proj_label", "out_mlp.0", "out_mlp.3"]
  elif kind == "hopfield":
    _1 = torch.append(perceptrons, __torch__.scorers.perceptron_of(source, "model.scorer.mlp"))
    names = ["q_proj", "k_proj", "v_proj"]
  elif kind == "cross-attn":
    _2 = torch.append(perceptrons, __torch__.scorers.perceptron_of(source, "model.scorer.score_mlp"))
    names = ["q", "k", "v", "out"]
    for norm in ["q_norm", "kv_norm", "norm"]:
      torch._set_item(norms, norm, __torch__.linear.norm_of(source, torch.add("model.scorer.", norm), 6))
  for name in names:
    torch._set_item(linears, name, __torch__.linear.linear_of(source, torch.add("model.scorer.", name), 6))
  return __torch__.scorers.Scorer(kind, heads, perceptrons, linears, norms)


# Texts [B, H] and labels [M, H] to logits [M], whatever the kind, save the one that needs all tokens of a text.
def score(text: Tensor,
    labels: Tensor,
    rows: Tensor,
    scorer: __torch__.scorers.Scorer,
    spaces: __torch__.lora.Spaces) -> Tensor:
  if scorer.kind == "mlp":
    pairs = torch.cat([torch.index_select(text, 0, rows), labels], 1)
    logits = __torch__.scorers.perceive(pairs, scorer.perceptrons[0], "relu", spaces.labels)
  elif scorer.kind == "weighted-dot":
    logits = __torch__.scorers.weigh(text, labels, rows, scorer, spaces)
  elif scorer.kind == "hopfield":
    logits = __torch__.scorers.retrieve(text, labels, rows, scorer, spaces)
  else:
    logits = __torch__.heads.dot(text, labels, rows)
  return logits


# Three layers over [M, in]: [M].
def perceive(x: Tensor,
    perceptron: __torch__.scorers.Perceptron,
    activation: str,
    lora: List[__torch__.lora.Group]) -> Tensor:
  if activation == "gelu":
    first = __torch__.linear.apply_gelu(x, perceptron.first, lora)
    second = __torch__.linear.apply_gelu(first, perceptron.second, lora)
  else:
    first = torch.relu(__torch__.linear.apply(x, perceptron.first, lora))
    second = torch.relu(__torch__.linear.apply(first, perceptron.second, lora))
  return torch.squeeze(__torch__.linear.apply(second, perceptron.third, lora), 1)


# Weighted dot: text and label each give two vectors; the first two and the product of the others are read by a
# perceptron.
def weigh(text: Tensor,
    labels: Tensor,
    rows: Tensor,
    scorer: __torch__.scorers.Scorer,
    spaces: __torch__.lora.Spaces) -> Tensor:
  asked = __torch__.linear.apply(text, scorer.linears["proj_text"], spaces.texts)
  text_first, text_second, = torch.chunk(torch.index_select(asked, 0, rows), 2, 1)
  offered = __torch__.linear.apply(labels, scorer.linears["proj_label"], spaces.labels)
  label_first, label_second, = torch.chunk(offered, 2, 1)
  read = torch.cat([text_first, label_first, torch.mul(text_second, label_second)], 1)
  raised = torch.relu(__torch__.linear.apply(read, scorer.linears["out_mlp.0"], spaces.labels))
  return torch.squeeze(__torch__.linear.apply(raised, scorer.linears["out_mlp.3"], spaces.labels), 1)


# One step of a Hopfield network (arXiv 2008.02217): the text is shared out among the row's labels by how well each asks
# for it, with an inverse temperature of 4.
def retrieve(text: Tensor,
    labels: Tensor,
    rows: Tensor,
    scorer: __torch__.scorers.Scorer,
    spaces: __torch__.lora.Spaces) -> Tensor:
  query = __torch__.linear.apply(labels, scorer.linears["q_proj"], spaces.labels)
  key = __torch__.linear.apply(text, scorer.linears["k_proj"], spaces.texts)
  value = __torch__.linear.apply(text, scorer.linears["v_proj"], spaces.texts)
  count = torch.size(text, 0)
  match = torch.unsqueeze(torch.mul(__torch__.heads.dot(key, query, rows), 4.), 1)
  highest = torch.index_select(__torch__.heads.largest(match, rows, count), 0, rows)
  powers = torch.exp(torch.sub(match, highest))
  shares = torch.div(powers, torch.index_select(__torch__.heads.sums(powers, rows, count), 0, rows))
  changed = torch.add(labels, torch.mul(shares, torch.index_select(value, 0, rows)))
  return __torch__.scorers.perceive(changed, scorer.perceptrons[0], "relu", spaces.labels)


# Each label attends to all tokens of its text: tokens [T, H], of which a row reads a run, starts and lengths [B], by its
# labels, counts of them a row.
def attend(tokens: Tensor,
    labels: Tensor,
    starts: List[int],
    lengths: List[int],
    counts: List[int],
    scorer: __torch__.scorers.Scorer,
    spaces: __torch__.lora.Spaces) -> Tensor:
  normed_labels = __torch__.linear.layer_norm(labels, scorer.norms["q_norm"], 1.0e-5)
  normed_tokens = __torch__.linear.layer_norm(tokens, scorer.norms["kv_norm"], 1.0e-5)
  query = __torch__.linear.apply(normed_labels, scorer.linears["q"], spaces.labels)
  key = __torch__.linear.apply(normed_tokens, scorer.linears["k"], spaces.tokens)
  value = __torch__.linear.apply(tokens, scorer.linears["v"], spaces.tokens)
  contexts = annotate(List[Tensor], [])
  label = 0
  for row in range(torch.len(starts)):
    own_query = __torch__.scorers.split(torch.narrow(query, 0, label, counts[row]), scorer.heads)
    own_key = __torch__.scorers.split(torch.narrow(key, 0, starts[row], lengths[row]), scorer.heads)
    own_value = __torch__.scorers.split(torch.narrow(value, 0, starts[row], lengths[row]), scorer.heads)
    context = torch.scaled_dot_product_attention(own_query, own_key, own_value, None, 0., False)
    _0 = torch.append(contexts, torch.flatten(torch.transpose(torch.squeeze(context, 0), 0, 1), 1, 2))
    label = torch.add(label, counts[row])
  attended = __torch__.linear.apply(torch.cat(contexts, 0), scorer.linears["out"], spaces.labels)
  context = __torch__.linear.layer_norm(attended, scorer.norms["norm"], 1.0e-5)
  return __torch__.scorers.perceive(torch.cat([context, labels], 1), scorer.perceptrons[0], "gelu", spaces.labels)


# [L, A * D] to [1, A, L, D].
def split(x: Tensor,
    heads: int) -> Tensor:
  size = torch.floordiv(torch.size(x, 1), heads)
  return torch.unsqueeze(torch.transpose(torch.view(x, [torch.size(x, 0), heads, size]), 0, 1), 0)
