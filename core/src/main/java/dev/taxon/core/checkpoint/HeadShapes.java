package dev.taxon.core.checkpoint;

import java.util.List;

/** The tensors that stand on the encoder. */
final class HeadShapes {
    private static final String SCORER = "model.scorer.";

    /** The reference's size; its scorer_mlp_hidden_size reaches the attending scorer alone. */
    private static final int PERCEPTRON_SIZE = 256;

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
        if (layout instanceof Layout.Joint joint) {
            addJoint(joint);
        } else {
            addLateMixing();
        }
    }

    private void addProjectors(int size) {
        for (String projector : List.of("model.text_projector.", "model.classes_projector.")) {
            shapes.linear(projector + "linear_1", size, hidden);
            shapes.linear(projector + "linear_2", hidden, size);
        }
    }

    private void addLateMixing() {
        addProjectors(hidden);
        shapes.add("model.mark_embedding", hidden);
        // The matcher reads mark, text and their product, and has one hidden layer.
        shapes.linear(SCORER + "mlp.0", hidden, 3L * hidden);
        shapes.linear(SCORER + "mlp.2", 1, hidden);
        shapes.add("model.logit_scale");
        shapes.add("model.logit_bias");
    }

    private void addJoint(Layout.Joint joint) {
        addProjectors(joint.projectorSize());
        if (joint.normalizeFeatures()) {
            shapes.add("model.logit_scale");
        }
        if (joint.segments()) {
            shapes.add("model.segment_embeddings.weight", 3, hidden);
        }
        if (joint.text().recurs()) {
            addRecurrence("");
            addRecurrence("_reverse");
        }
        addScorer(joint.scorer());
    }

    private void addRecurrence(String direction) {
        int size = hidden / 2;
        String name = "model.lstm.lstm.";
        shapes.add(name + "weight_ih_l0" + direction, 4L * size, hidden);
        shapes.add(name + "weight_hh_l0" + direction, 4L * size, size);
        shapes.add(name + "bias_ih_l0" + direction, 4L * size);
        shapes.add(name + "bias_hh_l0" + direction, 4L * size);
    }

    private void addScorer(Layout.Scorer scorer) {
        switch (scorer.kind()) {
            case SIMPLE -> {}
            case MLP -> addPerceptron("mlp", 2L * hidden, PERCEPTRON_SIZE);
            case WEIGHTED_DOT -> addWeightedDot();
            case HOPFIELD -> addHopfield();
            case CROSS_ATTENTION -> addCrossAttention(scorer.hiddenSize());
        }
    }

    private void addPerceptron(String name, long in, long size) {
        shapes.linear(SCORER + name + ".0", size, in);
        shapes.linear(SCORER + name + ".2", size / 2, size);
        shapes.linear(SCORER + name + ".4", 1, size / 2);
    }

    private void addWeightedDot() {
        shapes.linear(SCORER + "proj_text", 2L * hidden, hidden);
        shapes.linear(SCORER + "proj_label", 2L * hidden, hidden);
        shapes.linear(SCORER + "out_mlp.0", 4L * hidden, 3L * hidden);
        shapes.linear(SCORER + "out_mlp.3", 1, 4L * hidden);
    }

    private void addHopfield() {
        for (String name : List.of("q_proj", "k_proj", "v_proj")) {
            shapes.linearWithoutBias(SCORER + name, hidden, hidden);
        }
        addPerceptron("mlp", hidden, PERCEPTRON_SIZE);
    }

    private void addCrossAttention(int size) {
        for (String name : List.of("q", "k", "v", "out")) {
            shapes.linear(SCORER + name, hidden, hidden);
        }
        for (String name : List.of("q_norm", "kv_norm", "norm")) {
            shapes.norm(SCORER + name, hidden);
        }
        addPerceptron("score_mlp", 2L * hidden, size);
    }
}
