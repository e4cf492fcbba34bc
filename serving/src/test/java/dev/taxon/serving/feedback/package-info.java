/** Tests of feedback. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.feedback;
