package dev.taxon.core.model;

import dev.taxon.core.prompt.EncodedInput;
import java.util.List;

/**
 * A prepared model: rows in, logits out. Owns its weights in native memory until closed. Called by the device thread
 * alone.
 */
public interface ScoringModel extends AutoCloseable {

    /** One forward pass; for each row a logit for each position of its labels, in single precision. */
    List<float[]> logits(List<EncodedInput> rows);

    @Override
    void close();
}
