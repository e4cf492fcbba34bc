/** What a model is worth on rows that it did not learn from: figures, mistakes, and pages and JSON of them. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.report;
