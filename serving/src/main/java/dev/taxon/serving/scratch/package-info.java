/** Folders for a while, in which nothing is left behind, however a process ends. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.scratch;
