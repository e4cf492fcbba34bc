# The encoder alone, as an embedding model: the normalised last state of the first token.


class Embedding(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  form : str
  feed_forward : str
  integers : Dict[str, int]
  numbers : Dict[str, float]
  targets : Dict[str, int]
  encoder : Optional[__torch__.encoder.Encoder]

  def prepare(self: __torch__.embedding.Embedding,
    weights: Dict[str, Tensor]) -> int:
    source = __torch__.linear.source_of(weights, self.targets, self.form, self.feed_forward)
    words = __torch__.encoder.words_of(weights, self.dtype)
    self.encoder = __torch__.encoder.encoder_of(source, words, self.integers, self.numbers, self.dtype)
    return torch.len(weights)

  # Packed token ids and positions [T] and their groups: unit vectors [B, H] in single precision.
  def embed(self: __torch__.embedding.Embedding,
    ids: Tensor,
    positions: Tensor,
    table: Tensor) -> Tensor:
    encoder = unchecked_cast(__torch__.encoder.Encoder, self.encoder)
    groups = __torch__.packing.groups_of(table)
    batch = __torch__.batch.Batch(positions, groups, __torch__.lora.none())
    hidden = __torch__.encoder.embed(torch.embedding(encoder.words, ids), encoder, batch)
    last = torch.sub(__torch__.encoder.layer_count(encoder), 1)
    hidden = __torch__.encoder.encode_layers(hidden, encoder, 0, last, batch)
    widths = __torch__.packing.ones(torch.len(groups.rows))
    asked = __torch__.batch.Asked(__torch__.packing.starts(groups, hidden), widths, __torch__.lora.none())
    final = __torch__.encoder.encode_last_for(hidden, asked, encoder, batch)
    return __torch__.heads.normalize(torch.to(__torch__.encoder.finish(final, encoder), 6))
