# The product that an encoder spends its time in, to be timed in one element type.


class Product(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int

  # Inputs [rows, in] through weights [out, in], as often as rounds says; one number, so that nothing is left out.
  def multiply(self: __torch__.product.Product,
    x: Tensor,
    weight: Tensor,
    rounds: Tensor) -> Tensor:
    cast_x = torch.to(x, self.dtype)
    cast_weight = torch.to(weight, self.dtype)
    total = torch.zeros([1])
    for _0 in range(torch.IntImplicit(rounds)):
      product = torch.linear(cast_x, cast_weight, None)
      total = torch.add(total, torch.to(torch.select(torch.select(product, 0, 0), 0, 0), 6))
    return total

  # One product with a weight laid out for oneDNN, which fails where this processor cannot.
  def multiply_packed(self: __torch__.product.Product,
    x: Tensor,
    weight: Tensor) -> Tensor:
    layout = ops.mkldnn._reorder_linear_weight(torch.to(weight, self.dtype), None)
    scalars = annotate(List[Optional[number]], [])
    product = ops.mkldnn._linear_pointwise(torch.to(x, self.dtype), layout, None, "none", scalars, "none")
    return torch.to(product, 6)
