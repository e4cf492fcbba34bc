/** What is wrong, or odd, with labelled data: found before any training, counted and named, never quoted. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.data.validation;
