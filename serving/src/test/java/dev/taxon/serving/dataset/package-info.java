/** Tests of data sets. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.dataset;
