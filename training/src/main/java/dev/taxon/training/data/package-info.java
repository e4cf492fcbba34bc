/** Labelled data: files of rows in any of the formats, read strictly, with places and never contents in errors. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.data;
