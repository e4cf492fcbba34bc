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
            addLayer(WeightShapes.ENCODER + "layers." + layer + ".", layer == 0);
        }
        addNorm(WeightShapes.ENCODER + "final_norm");
    }

    private void addLayer(String layer, boolean first) {
        int hidden = encoder.hiddenSize();
        int intermediate = encoder.intermediateSize();
        boolean attentionBias = encoder.biases().attention();
        boolean feedForwardBias = encoder.biases().feedForward();
        if (!first) {
            addNorm(layer + "attn_norm");
        }
        addLinear(layer + "attn.Wqkv", 3L * hidden, hidden, attentionBias);
        addLinear(layer + "attn.Wo", hidden, hidden, attentionBias);
        addNorm(layer + "mlp_norm");
        addLinear(layer + "mlp.Wi", 2L * intermediate, hidden, feedForwardBias);
        addLinear(layer + "mlp.Wo", hidden, intermediate, feedForwardBias);
    }

    private void addNorm(String name) {
        if (encoder.biases().norm()) {
            shapes.norm(name, encoder.hiddenSize());
        } else {
            shapes.normWithoutBias(name, encoder.hiddenSize());
        }
    }

    private void addLinear(String name, long out, long in, boolean bias) {
        if (bias) {
            shapes.linear(name, out, in);
        } else {
            shapes.linearWithoutBias(name, out, in);
        }
    }
}
