/** Tests of periodic work. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.periodic;
