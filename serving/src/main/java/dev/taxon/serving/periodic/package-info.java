/** Work that is done again and again. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.periodic;
