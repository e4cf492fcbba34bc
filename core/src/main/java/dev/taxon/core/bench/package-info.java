/** Synthetic load for measurements. */
@org.jspecify.annotations.NullMarked
package dev.taxon.core.bench;
