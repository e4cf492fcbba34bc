/** The Java client of Taxon: one {@link dev.taxon.sdk.TaxonClient} per process, typed errors, bounded retries. */
@NullMarked
package dev.taxon.sdk;

import org.jspecify.annotations.NullMarked;
