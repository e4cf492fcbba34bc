package dev.taxon.sdk.wire;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;

/** The labels of an input: a list, or a tree of objects whose leaves are lists. */
@JsonDeserialize(using = LabelSetReader.class)
public sealed interface LabelSet permits LabelList, LabelTree {

    /** The labels in the order written, names prefixed by their branches and joined with dots. */
    List<Label> flatten();

    /**
     * A flat set of bare names.
     *
     * <pre>{@code LabelSet.of("sports", "business")}</pre>
     */
    static LabelSet of(String... names) {
        return of(List.of(names));
    }

    /** A flat set of bare names. */
    static LabelSet of(List<String> names) {
        return new LabelList(names.stream().map(Label::of).toList());
    }
}
