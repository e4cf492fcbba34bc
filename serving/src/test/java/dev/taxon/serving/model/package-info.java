@NullMarked
package dev.taxon.serving.model;

import org.jspecify.annotations.NullMarked;
