/** {@code taxon bench}: how fast a model is on this machine. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.bench;
