# Parts of the programs, called by tests one by one.


class Probe(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int

  # Attention over queries, keys and values [n, L, H] of so many heads, as the encoder computes it: [n, L, H].
  def attend(self: __torch__.probe.Probe,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    heads: Tensor) -> Tensor:
    context = __torch__.attention.attend_heads(torch.to(query, self.dtype), torch.to(key, self.dtype),
      torch.to(value, self.dtype), torch.IntImplicit(heads))
    return torch.to(context, 6)

  # The same within a window of so many tokens to each side.
  def attend_near(self: __torch__.probe.Probe,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    heads: Tensor,
    reach: Tensor) -> Tensor:
    count = torch.IntImplicit(heads)
    queries = __torch__.attention.split_heads(torch.to(query, self.dtype), count)
    keys = __torch__.attention.split_heads(torch.to(key, self.dtype), count)
    values = __torch__.attention.split_heads(torch.to(value, self.dtype), count)
    window = __torch__.attention.window_of(torch.IntImplicit(reach), queries)
    return torch.to(__torch__.attention.attend_near(queries, keys, values, window), 6)

  # A product of whole numbers: x [T, in] with a weight [out, in], [T, out].
  def whole(self: __torch__.probe.Probe,
    x: Tensor,
    weight: Tensor) -> Tensor:
    return __torch__.whole.product(x, __torch__.whole.of(weight, None), None, False)
