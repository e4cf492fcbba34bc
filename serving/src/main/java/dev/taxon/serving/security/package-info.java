/** Who calls: API keys as the identity of requests below {@code /v1}. */
@NullMarked
package dev.taxon.serving.security;

import org.jspecify.annotations.NullMarked;
