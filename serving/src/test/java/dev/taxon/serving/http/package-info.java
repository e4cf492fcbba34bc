@NullMarked
package dev.taxon.serving.http;

import org.jspecify.annotations.NullMarked;
