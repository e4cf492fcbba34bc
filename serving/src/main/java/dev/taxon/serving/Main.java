package dev.taxon.serving;

import dev.taxon.serving.model.EarlyModel;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the server. */
@QuarkusMain
public final class Main {
    Main() {}

    public static void main(String... arguments) {
        // Quarkus would answer URLs that are none with a bare 400; the filter of every call has a problem for them.
        System.setProperty("vertx.disableURIValidation", "true");
        EarlyModel.begin();
        Quarkus.run(arguments);
    }
}
