@NullMarked
package dev.taxon.serving.classify;

import org.jspecify.annotations.NullMarked;
