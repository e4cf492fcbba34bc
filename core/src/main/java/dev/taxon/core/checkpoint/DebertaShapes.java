package dev.taxon.core.checkpoint;

import dev.taxon.core.checkpoint.DebertaConfig.Convolution;
import dev.taxon.core.checkpoint.DebertaConfig.Relative;

/** The tensors of a DeBERTa encoder. */
final class DebertaShapes {
    private static final String EMBEDDINGS = WeightShapes.ENCODER + "embeddings.";
    private static final String LAYERS = WeightShapes.ENCODER + "encoder.";

    private final DebertaConfig encoder;
    private final ShapeList shapes;
    private final int hidden;

    private DebertaShapes(DebertaConfig encoder, ShapeList shapes) {
        this.encoder = encoder;
        this.shapes = shapes;
        this.hidden = encoder.hiddenSize();
    }

    static void add(DebertaConfig encoder, ShapeList shapes) {
        DebertaShapes tensors = new DebertaShapes(encoder, shapes);
        tensors.addEmbeddings();
        encoder.relative().ifPresent(tensors::addRelative);
        encoder.convolution().ifPresent(tensors::addConvolution);
        for (int layer = 0; layer < encoder.layers(); layer++) {
            tensors.addLayer(LAYERS + "layer." + layer + ".");
        }
    }

    private void addEmbeddings() {
        int size = encoder.embeddingSize();
        shapes.add(EMBEDDINGS + "word_embeddings.weight", encoder.vocabularySize(), size);
        if (encoder.biasedInput()) {
            shapes.add(EMBEDDINGS + "position_embeddings.weight", encoder.absolutePositions(), size);
        }
        if (encoder.tokenTypes() > 0) {
            shapes.add(EMBEDDINGS + "token_type_embeddings.weight", encoder.tokenTypes(), size);
        }
        if (size != hidden) {
            shapes.linearWithoutBias(EMBEDDINGS + "embed_proj", hidden, size);
        }
        shapes.norm(EMBEDDINGS + "LayerNorm", hidden);
    }

    private void addRelative(Relative relative) {
        shapes.add(LAYERS + "rel_embeddings.weight", 2L * relative.span(), hidden);
        if (relative.normed()) {
            shapes.norm(LAYERS + "LayerNorm", hidden);
        }
    }

    private void addConvolution(Convolution convolution) {
        shapes.add(LAYERS + "conv.conv.weight", hidden, hidden / convolution.groups(), convolution.kernel());
        shapes.add(LAYERS + "conv.conv.bias", hidden);
        shapes.norm(LAYERS + "conv.LayerNorm", hidden);
    }

    private void addLayer(String layer) {
        String attention = layer + "attention.self.";
        shapes.linear(attention + "query_proj", hidden, hidden);
        shapes.linear(attention + "key_proj", hidden, hidden);
        shapes.linear(attention + "value_proj", hidden, hidden);
        encoder.relative().filter(relative -> !relative.sharesKeys()).ifPresent(relative -> {
            if (relative.contentToPosition()) {
                shapes.linear(attention + "pos_key_proj", hidden, hidden);
            }
            if (relative.positionToContent()) {
                shapes.linear(attention + "pos_query_proj", hidden, hidden);
            }
        });
        shapes.linear(layer + "attention.output.dense", hidden, hidden);
        shapes.norm(layer + "attention.output.LayerNorm", hidden);
        shapes.linear(layer + "intermediate.dense", encoder.intermediateSize(), hidden);
        shapes.linear(layer + "output.dense", hidden, encoder.intermediateSize());
        shapes.norm(layer + "output.LayerNorm", hidden);
    }
}
