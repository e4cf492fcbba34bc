@NullMarked
package dev.taxon.serving.log;

import org.jspecify.annotations.NullMarked;
