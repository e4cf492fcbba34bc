/** The base models that this process serves: at rest, on the device, and those that are no longer served. */
@NullMarked
package dev.taxon.serving.model;

import org.jspecify.annotations.NullMarked;
