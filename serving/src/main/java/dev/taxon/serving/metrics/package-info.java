/** What the server counts and times, and the names of it all. */
@NullMarked
package dev.taxon.serving.metrics;

import org.jspecify.annotations.NullMarked;
