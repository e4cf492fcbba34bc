# What every layer of an encoder knows of the batch it computes.


# Each token's position in its row [T], the groups of rows of one shape, and the adapters of the rows.
class Batch(NamedTuple):
  positions : Tensor
  groups : __torch__.packing.Groups
  lora : List[__torch__.lora.Group]


# Some tokens of each row: their places in the packing [W], how many a row of each group has, and the adapters by the
# order in which these tokens stand.
class Asked(NamedTuple):
  places : Tensor
  widths : List[int]
  lora : List[__torch__.lora.Group]
