package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;

/** Named branches, each a list or a tree again. The order of the branches is kept. */
public record LabelTree(@JsonValue Map<String, LabelSet> branches) implements LabelSet {

    public LabelTree {
        branches = Ordered.copyOf(branches);
    }

    @Override
    public List<Label> flatten() {
        return branches.entrySet().stream()
                .flatMap(branch -> branch.getValue().flatten().stream()
                        .map(label -> label.withName(branch.getKey() + "." + label.name())))
                .toList();
    }
}
