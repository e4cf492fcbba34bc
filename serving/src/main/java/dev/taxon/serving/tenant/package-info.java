/** Tenants and their keys: what the database holds of them, and how a request is known to be one of theirs. */
@NullMarked
package dev.taxon.serving.tenant;

import org.jspecify.annotations.NullMarked;
