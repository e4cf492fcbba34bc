/**
 * Dynamic batching: rows of concurrent requests wait together and go to the device in batches of like lengths.
 *
 * <p>{@link dev.taxon.serving.batching.DynamicBatcher} is the way in.
 */
@NullMarked
package dev.taxon.serving.batching;

import org.jspecify.annotations.NullMarked;
