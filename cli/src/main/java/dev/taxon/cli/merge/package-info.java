/** {@code taxon merge}: a base and an adapter as one model. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.merge;
