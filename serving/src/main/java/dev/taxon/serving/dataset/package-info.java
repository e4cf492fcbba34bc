/** A tenant's labelled rows, in versions that never change. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.dataset;
