/** Which rows and labels each training step sees: a pure function of data, settings and step number. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.sampling;
