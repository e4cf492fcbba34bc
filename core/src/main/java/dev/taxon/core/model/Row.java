package dev.taxon.core.model;

import dev.taxon.core.prompt.EncodedRow;
import java.util.Optional;

/**
 * One row of a forward pass.
 *
 * @param adapter what changes the model for this row alone
 */
public record Row(EncodedRow encoded, Optional<ResidentAdapter> adapter) {

    /** The digest of the row's adapter; empty for the base alone. */
    public String digest() {
        return adapter.map(ResidentAdapter::digest).orElse("");
    }
}
