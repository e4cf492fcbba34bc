package dev.taxon.examples;

import dev.taxon.sdk.TaxonClient;
import dev.taxon.sdk.Training;
import dev.taxon.sdk.wire.ClassifyInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.Example;
import dev.taxon.sdk.wire.Hyperparameters;
import java.io.PrintStream;
import java.util.List;

/**
 * The few-shot loop: a handful of examples become a classifier of one's own, which then answers.
 *
 * <pre>{@code
 * export TAXON_KEY=tx_...
 * java -cp "sdk/examples/target/classes:$(cat cli/target/classpath)" dev.taxon.examples.FewShot \
 *     http://127.0.0.1:8080 "Where is my parcel?"
 * }</pre>
 */
public final class FewShot {

    private static final List<Example> EXAMPLES = List.of(
            new Example("I was charged twice for the same order", List.of("billing")),
            new Example("Why is there a fee on my last invoice", List.of("billing")),
            new Example("Please send the receipt of my payment", List.of("billing")),
            new Example("My card was declined although it is valid", List.of("billing")),
            new Example("My parcel has not arrived yet", List.of("delivery")),
            new Example("The courier left the package at the wrong door", List.of("delivery")),
            new Example("Can you ship to another address", List.of("delivery")),
            new Example("The tracking page has not moved for days", List.of("delivery")),
            new Example("I cannot log in with my password", List.of("account")),
            new Example("How do I change the mail address of my profile", List.of("account")),
            new Example("Please delete my user account", List.of("account")),
            new Example("The confirmation code for signing in never comes", List.of("account")));

    private FewShot() {}

    /** Trains, promotes and classifies one text. */
    public static void main(String... arguments) {
        TaxonClient client = TaxonClient.builder()
                .baseUrl(arguments[0])
                .apiKey(System.getenv("TAXON_KEY"))
                .build();
        System.out.println(
                run(client, arguments[1], Hyperparameters.DEFAULTS, System.out).predictions());
    }

    /**
     * As {@link #main}, for a client that there is already.
     *
     * @param hyperparameters how to learn; the defaults need no tuning
     */
    public static ClassifyResult run(
            TaxonClient client, String text, Hyperparameters hyperparameters, PrintStream out) {
        Training training = client.adapters().train("support", EXAMPLES, hyperparameters);
        training.await(job -> out.println(job.state() + " " + job.progress()));
        out.println(training.metrics());
        out.println(training.promote());
        ClassifyInput input = ClassifyInput.builder(text).adapter("support").build();
        return client.classify(ClassifyRequest.of(input)).results().get(0);
    }
}
