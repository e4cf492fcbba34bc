/** Settings of the server, with their defaults. */
@NullMarked
package dev.taxon.serving.config;

import org.jspecify.annotations.NullMarked;
