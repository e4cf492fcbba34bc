package dev.taxon.core.checkpoint;

/** The tensors of a ModernBERT encoder. */
final class ModernBertShapes {
    private final ModernBertConfig encoder;
    private final ShapeList shapes;

    private ModernBertShapes(ModernBertConfig encoder, ShapeList shapes) {
        this.encoder = encoder;
        this.shapes = shapes;
    }

    static void add(ModernBertConfig encoder, ShapeList shapes) {
        new ModernBertShapes(encoder, shapes).add();
    }

    private void add() {
        String embeddings = WeightShapes.ENCODER + "embeddings.";
        shapes.add(embeddings + "tok_embeddings.weight", encoder.vocabularySize(), encoder.hiddenSize());
        addNorm(embeddings + "norm");
        for (int layer = 0; layer < encoder.layers(); layer++) {
            addLayer(layer, WeightShapes.ENCODER + "layers." + layer + ".");
        }
        addNorm(WeightShapes.ENCODER + "final_norm");
    }

    private void addLayer(int layer, String name) {
        int hidden = encoder.hiddenSize();
        // The first layer follows the embeddings' norm and has none of its own.
        if (layer > 0) {
            addNorm(name + "attn_norm");
        }
        addLinear(name + "attn.Wqkv", 3L * hidden, hidden, encoder.attentionBias());
        addLinear(name + "attn.Wo", hidden, hidden, encoder.attentionBias());
        addNorm(name + "mlp_norm");
        addLinear(name + "mlp.Wi", 2L * encoder.intermediateSize(), hidden, encoder.feedForwardBias());
        addLinear(name + "mlp.Wo", hidden, encoder.intermediateSize(), encoder.feedForwardBias());
    }

    private void addLinear(String name, long out, long in, boolean bias) {
        if (bias) {
            shapes.linear(name, out, in);
        } else {
            shapes.linearWithoutBias(name, out, in);
        }
    }

    private void addNorm(String name) {
        if (encoder.normBias()) {
            shapes.norm(name, encoder.hiddenSize());
        } else {
            shapes.add(name + ".weight", encoder.hiddenSize());
        }
    }
}
