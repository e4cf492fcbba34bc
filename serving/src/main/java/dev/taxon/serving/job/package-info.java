/** Jobs over HTTP: what may be asked for, how it goes, and what came of it. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.job;
