package dev.taxon.sdk;

import dev.taxon.sdk.wire.Model;

/** The base models that the server knows. Thread-safe. Iterating fails with a {@link TaxonException}. */
public final class ModelsClient {

    private final Calls calls;

    ModelsClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * The base models.
     *
     * <pre>{@code client.models().list().forEach(model -> System.out.println(model.name() + " " + model.state()))}</pre>
     */
    public Paged<Model> list() {
        return calls.list("/v1/models", Model.class);
    }
}
