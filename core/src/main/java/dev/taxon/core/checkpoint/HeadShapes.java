package dev.taxon.core.checkpoint;

/** The tensors that stand on the encoder. */
final class HeadShapes {
    private final int hidden;
    private final ShapeList shapes;

    private HeadShapes(int hidden, ShapeList shapes) {
        this.hidden = hidden;
        this.shapes = shapes;
    }

    static void add(ModelConfig config, ShapeList shapes) {
        new HeadShapes(config.encoder().hiddenSize(), shapes).add(config.layout());
    }

    private void add(Layout layout) {
        addProjector("model.text_projector.");
        addProjector("model.classes_projector.");
        if (layout instanceof Layout.Joint joint) {
            addJoint(joint);
        } else {
            addLateMixing();
        }
    }

    private void addProjector(String projector) {
        shapes.linear(projector + "linear_1", hidden, hidden);
        shapes.linear(projector + "linear_2", hidden, hidden);
    }

    private void addLateMixing() {
        shapes.add("model.mark_embedding", hidden);
        // The matcher reads mark, text and their product, and has one hidden layer.
        shapes.linear("model.scorer.mlp.0", hidden, 3L * hidden);
        shapes.linear("model.scorer.mlp.2", 1, hidden);
        shapes.add("model.logit_scale");
        shapes.add("model.logit_bias");
    }

    private void addJoint(Layout.Joint joint) {
        if (joint.normalizeFeatures()) {
            shapes.add("model.logit_scale");
        }
        if (joint.scorer() == ScorerKind.MLP) {
            // The reference's sizes; its scorer_mlp_hidden_size never reaches the scorer.
            shapes.linear("model.scorer.mlp.0", 256, 2L * hidden);
            shapes.linear("model.scorer.mlp.2", 128, 256);
            shapes.linear("model.scorer.mlp.4", 1, 128);
        }
    }
}
