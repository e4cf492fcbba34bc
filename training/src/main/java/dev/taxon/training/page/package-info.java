/** Pages that need nothing but a browser: plain HTML and SVG, no script, no network. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.page;
