@NullMarked
package dev.taxon.serving.batching;

import org.jspecify.annotations.NullMarked;
