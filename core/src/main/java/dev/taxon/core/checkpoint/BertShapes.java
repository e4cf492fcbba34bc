package dev.taxon.core.checkpoint;

/** The tensors of a BERT encoder. */
final class BertShapes {
    private BertShapes() {}

    static void add(BertConfig encoder, ShapeList shapes) {
        int hidden = encoder.hiddenSize();
        String embeddings = WeightShapes.ENCODER + "embeddings.";
        shapes.add(embeddings + "word_embeddings.weight", encoder.vocabularySize(), hidden);
        shapes.add(embeddings + "position_embeddings.weight", encoder.positions(), hidden);
        shapes.add(embeddings + "token_type_embeddings.weight", encoder.tokenTypes(), hidden);
        shapes.norm(embeddings + "LayerNorm", hidden);
        for (int layer = 0; layer < encoder.layers(); layer++) {
            addLayer(WeightShapes.ENCODER + "encoder.layer." + layer + ".", encoder, shapes);
        }
    }

    private static void addLayer(String layer, BertConfig encoder, ShapeList shapes) {
        int hidden = encoder.hiddenSize();
        shapes.linear(layer + "attention.self.query", hidden, hidden);
        shapes.linear(layer + "attention.self.key", hidden, hidden);
        shapes.linear(layer + "attention.self.value", hidden, hidden);
        shapes.linear(layer + "attention.output.dense", hidden, hidden);
        shapes.norm(layer + "attention.output.LayerNorm", hidden);
        shapes.linear(layer + "intermediate.dense", encoder.intermediateSize(), hidden);
        shapes.linear(layer + "output.dense", hidden, encoder.intermediateSize());
        shapes.norm(layer + "output.LayerNorm", hidden);
    }
}
