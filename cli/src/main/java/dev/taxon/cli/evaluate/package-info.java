/** {@code taxon evaluate}: how often a model is right on a labelled file. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.evaluate;
