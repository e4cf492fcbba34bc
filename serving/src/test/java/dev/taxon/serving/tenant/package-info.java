@NullMarked
package dev.taxon.serving.tenant;

import org.jspecify.annotations.NullMarked;
