/** Tests of capture. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.capture;
