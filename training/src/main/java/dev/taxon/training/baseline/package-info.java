/** Simple predictors that a model has to beat, measured as it is. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.baseline;
