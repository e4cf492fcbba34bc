# The product that an encoder spends its time in, to be timed in one element type and form.


class Product(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  form : str

  # Inputs [rows, in] through weights [out, in], as often as rounds says; one number, so that nothing is left out.
  def multiply(self: __torch__.product.Product,
    x: Tensor,
    weight: Tensor,
    rounds: Tensor) -> Tensor:
    cast = torch.to(x, self.dtype)
    source = __torch__.linear.source_of({"weight": weight}, annotate(Dict[str, int], {}), self.form, self.form)
    linear = __torch__.linear.laid_out(source, torch.to(weight, self.dtype), None, annotate(List[int], []), 0, self.dtype)
    total = torch.new_zeros(weight, [1])
    for _0 in range(torch.IntImplicit(rounds)):
      product = __torch__.linear.product(cast, linear, "none")
      total = torch.add(total, torch.to(torch.select(torch.select(product, 0, 0), 0, 0), 6))
    return total
