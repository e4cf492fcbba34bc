/** The command {@code taxon}. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli;
