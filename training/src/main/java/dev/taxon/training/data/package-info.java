/** Labelled data: files of rows, read strictly, with places and never contents in errors. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.data;
