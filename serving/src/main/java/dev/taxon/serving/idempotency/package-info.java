/** Calls that create may be sent twice: with the same {@code Idempotency-Key} they create once, and answer the same. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.idempotency;
