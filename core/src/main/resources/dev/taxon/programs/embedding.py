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

  # Token ids [B, L] and row lengths [B]: unit vectors [B, H] in single precision.
  def embed(self: __torch__.embedding.Embedding,
    ids: Tensor,
    lengths: Tensor) -> Tensor:
    embeddings = unchecked_cast(__torch__.bert.Embeddings, self.embeddings)
    layers = unchecked_cast(List[__torch__.bert.Layer], self.layers)
    hidden = __torch__.bert.embed(torch.embedding(embeddings.words, ids), embeddings, self.epsilon)
    mask = __torch__.bert.padding_mask(lengths, torch.size(ids, 1), self.dtype)
    hidden = __torch__.bert.encode_layers(hidden, layers, 0, self.layer_count, mask, self.heads, self.epsilon)
    return __torch__.heads.normalize(torch.to(torch.select(hidden, 1, 0), 6))
