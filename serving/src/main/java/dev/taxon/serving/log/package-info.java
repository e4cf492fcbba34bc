/** What may stand in a log: never what a customer sent. */
@NullMarked
package dev.taxon.serving.log;

import org.jspecify.annotations.NullMarked;
