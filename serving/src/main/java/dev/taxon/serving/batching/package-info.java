/**
 * Dynamic batching: rows of concurrent requests wait together and go to the device in batches, tenants in turn.
 *
 * <p>{@link dev.taxon.serving.batching.DynamicBatcher} is the way in, one for each base model; all of them on one device
 * share its {@link dev.taxon.serving.batching.BatchQueue}.
 */
@NullMarked
package dev.taxon.serving.batching;

import org.jspecify.annotations.NullMarked;
