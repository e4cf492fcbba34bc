/** All that a tenant has, as one file to take along. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.export;
