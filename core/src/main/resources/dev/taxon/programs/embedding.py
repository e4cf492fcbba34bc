# The encoder alone, as an embedding model: the normalised last state of the first token.


class Embedding(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dtype : int
  layer_count : int
  heads : int
  epsilon : float
  embeddings : Optional[__torch__.bert.Embeddings]
  layers : Optional[List[__torch__.bert.Layer]]

  def prepare(self: __torch__.embedding.Embedding,
    weights: Dict[str, Tensor]) -> int:
    words = torch.to(weights["model.encoder_model.embeddings.word_embeddings.weight"], self.dtype)
    self.embeddings = __torch__.bert.embeddings_of(weights, words, self.dtype)
    self.layers = __torch__.bert.layers_of(weights, self.layer_count, self.dtype)
    return torch.len(weights)

  # Packed token ids and positions [T] and their groups: unit vectors [B, H] in single precision.
  def embed(self: __torch__.embedding.Embedding,
    ids: Tensor,
    positions: Tensor,
    table: Tensor) -> Tensor:
    embeddings = unchecked_cast(__torch__.bert.Embeddings, self.embeddings)
    layers = unchecked_cast(List[__torch__.bert.Layer], self.layers)
    groups = __torch__.packing.groups_of(table)
    hidden = __torch__.bert.embed(torch.embedding(embeddings.words, ids), positions, embeddings, self.epsilon)
    last = torch.sub(self.layer_count, 1)
    hidden = __torch__.bert.encode_layers(hidden, layers, 0, last, groups, self.heads, self.epsilon)
    own = __torch__.packing.firsts(hidden, groups)
    widths = __torch__.packing.ones(torch.len(groups.rows))
    final = __torch__.bert.encode_layer_for(own, widths, hidden, layers[last], groups, self.heads, self.epsilon)
    return __torch__.heads.normalize(torch.to(final, 6))
