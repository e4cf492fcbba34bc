package dev.taxon.serving.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.sdk.wire.WireJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the contract's JSON the server's. */
final class JsonProducer {
    JsonProducer() {}

    @Produces
    @Singleton
    static ObjectMapper mapper() {
        return WireJson.newMapper();
    }
}
