/** The server as a program. */
@NullMarked
package dev.taxon.serving;

import org.jspecify.annotations.NullMarked;
