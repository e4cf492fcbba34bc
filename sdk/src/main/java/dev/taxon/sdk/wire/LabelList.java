package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** Labels side by side. Duplicates and blank names are representable; the server refuses them. */
public record LabelList(@JsonValue List<Label> labels) implements LabelSet {

    public LabelList {
        labels = List.copyOf(labels);
    }

    @Override
    public List<Label> flatten() {
        return labels;
    }
}
