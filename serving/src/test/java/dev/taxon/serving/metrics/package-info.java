/** Tests of what the server counts and times. */
@NullMarked
package dev.taxon.serving.metrics;

import org.jspecify.annotations.NullMarked;
