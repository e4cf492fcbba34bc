package dev.taxon.cli.classify;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.sdk.wire.ClassifyInput;

/** An input as asked, and as the model reads it. */
record Row(ClassifyInput asked, EncodedInput encoded) {}
