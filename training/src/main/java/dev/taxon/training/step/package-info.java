/** One optimiser step as one native call: forward, loss, backward, clipping, AdamW. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.step;
