package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CurrentStepTest {

    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final CurrentStep step = new CurrentStep(result);
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<String> second = new CompletableFuture<>();

    @Test
    void whatEndsTheResultEarlyEndsWhatIsUnderWayAlone() {
        step.now(first);
        step.now(second);

        result.cancel(true);

        assertThat(first).isNotDone();
        assertThat(second).isCancelled();
    }

    @Test
    void aStepThatComesTooLateEndsAtOnce() {
        result.cancel(true);

        step.now(first);

        assertThat(first).isCancelled();
    }

    @Test
    void howeverManyStepsThereAreTheResultKeepsNoneOfThem() {
        int before = result.getNumberOfDependents();

        step.now(first);
        step.now(second);

        assertThat(result.getNumberOfDependents()).isEqualTo(before);
    }

    @Test
    void aResultThatIsThereEndsNothing() {
        step.now(first);

        result.complete("there");

        assertThat(first).isNotDone();
    }
}
