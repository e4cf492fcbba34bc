@NullMarked
package dev.taxon.serving.security;

import org.jspecify.annotations.NullMarked;
