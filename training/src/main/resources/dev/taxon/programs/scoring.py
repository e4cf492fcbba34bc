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
