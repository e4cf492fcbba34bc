package dev.taxon.sdk;

import java.util.concurrent.CompletableFuture;

/**
 * Takes a call to the server. The future holds an answer of status 2xx or fails with a {@link TaxonException};
 * cancelling it gives the attempt up.
 */
interface Transport {

    <T> CompletableFuture<Answer<T>> send(Call<T> call);
}
