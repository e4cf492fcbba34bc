/** How good predictions are: metrics, how they are gathered from a file, and how sure a difference is. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.evaluation;
