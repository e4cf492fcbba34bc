/**
 * Calls that create or change may be sent twice: with the same {@code Idempotency-Key} they do so once, and answer the same.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.idempotency;
