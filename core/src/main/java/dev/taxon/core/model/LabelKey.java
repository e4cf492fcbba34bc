package dev.taxon.core.model;

import dev.taxon.core.prompt.TokenIds;

/**
 * What a label's states depend on, beside the model.
 *
 * @param adapter the digest of the row's adapter; empty for the base alone
 */
record LabelKey(String adapter, TokenIds label) {

    boolean isAdapted() {
        return !adapter.isEmpty();
    }
}
