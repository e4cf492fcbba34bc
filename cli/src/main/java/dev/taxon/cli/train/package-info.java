/** {@code taxon train}: examples in, model out. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.train;
