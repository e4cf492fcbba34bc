/** Tests of usage. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.usage;
