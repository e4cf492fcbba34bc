/** {@code taxon classify}: texts in, scores out, without a server. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.classify;
