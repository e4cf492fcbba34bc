package dev.taxon.cli.classify;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.LabelSet;

/** An input as asked, and as the model reads it. */
record Row(ClassifyInput asked, EncodedInput encoded) {

    /** The labels in the shape that they were given in; a list where the line itself brought none. */
    LabelSet labels() {
        LabelSet own = asked.labels();
        return own == null ? LabelSet.of(encoded.input().labels()) : own;
    }
}
