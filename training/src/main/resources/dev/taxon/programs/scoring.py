# How a model of some layout scores rows that all carry one adapter, under autograd too.


class Scoring(ModuleInterface):

  # Takes the model's weights, by their names in the checkpoint.
  def prepare(self,
    weights: Dict[str, Tensor]) -> int:
    pass

  # The layout's inputs and an adapter as lora.Group has it: logits [M].
  def scores(self,
    inputs: List[Tensor],
    adapter: List[Tensor]) -> Tensor:
    pass

  # The layout's inputs: what each row's words are by themselves, whatever the adapter, see word_means: [B, E].
  def texts(self,
    inputs: List[Tensor]) -> Tensor:
    pass


# The mean of the word vectors of each row, in single precision, of packed ids and their groups: [B, E].
def word_means(words: Tensor,
    ids: Tensor,
    table: Tensor) -> Tensor:
  groups = __torch__.packing.groups_of(table)
  vectors = torch.to(torch.embedding(words, ids), 6)
  rectangles = __torch__.packing.split(vectors, groups.rows, groups.lengths)
  means = annotate(List[Tensor], [])
  for index in range(torch.len(rectangles)):
    _0 = torch.append(means, torch.mean(rectangles[index], [1]))
  return torch.cat(means, 0)
