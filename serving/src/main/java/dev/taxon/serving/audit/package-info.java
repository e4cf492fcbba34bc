/** Who did what, for operators to read; it names things and never quotes texts. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.audit;
