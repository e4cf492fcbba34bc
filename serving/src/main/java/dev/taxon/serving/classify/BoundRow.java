package dev.taxon.serving.classify;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.serving.model.Base;

/**
 * An input that is ready for the device.
 *
 * @param base the model that encoded it and is to score it
 */
record BoundRow(Base base, EncodedInput input) {}
