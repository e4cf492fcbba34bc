/** {@code POST /v1/classify}: from the wire to the classifier and back. */
@NullMarked
package dev.taxon.serving.classify;

import org.jspecify.annotations.NullMarked;
