@NullMarked
package dev.taxon.serving.config;

import org.jspecify.annotations.NullMarked;
