/** The OpenAPI document where annotations do not reach. */
@NullMarked
package dev.taxon.serving.openapi;

import org.jspecify.annotations.NullMarked;
