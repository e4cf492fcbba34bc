package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scores in the shape of the labels: in JSON nested objects whose leaves are numbers. */
@JsonDeserialize(using = ScoreTreeReader.class)
public sealed interface ScoreTree permits ScoreTree.Score, ScoreTree.Branch {

    /** A leaf: the score of one label. */
    record Score(@JsonValue double value) implements ScoreTree {}

    /** Named scores or branches, in the order of the labels. */
    record Branch(@JsonValue Map<String, ScoreTree> children) implements ScoreTree {

        public Branch {
            children = Ordered.copyOf(children);
        }
    }

    /**
     * Gives flat scores the shape of the labels they belong to.
     *
     * @param labels the labels as asked for
     * @param scores scores by flattened name; a label without one gets 0
     */
    static Branch of(LabelSet labels, Map<String, Double> scores) {
        return branch(labels, "", scores);
    }

    private static Branch branch(LabelSet labels, String prefix, Map<String, Double> scores) {
        Map<String, ScoreTree> children = new LinkedHashMap<>();
        if (labels instanceof LabelList list) {
            list.labels()
                    .forEach(label ->
                            children.put(label.name(), new Score(scores.getOrDefault(prefix + label.name(), 0.0))));
        } else if (labels instanceof LabelTree tree) {
            tree.branches().forEach((name, below) -> children.put(name, branch(below, prefix + name + ".", scores)));
        }
        return new Branch(children);
    }
}
