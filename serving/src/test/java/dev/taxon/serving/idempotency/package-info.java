/** Tests of calls that are sent twice. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.idempotency;
