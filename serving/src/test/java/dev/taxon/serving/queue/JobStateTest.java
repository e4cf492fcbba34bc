package dev.taxon.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.queue.JobState.Ended;
import dev.taxon.serving.queue.JobState.Failed;
import dev.taxon.serving.queue.JobState.Queued;
import dev.taxon.serving.queue.JobState.Succeeded;
import dev.taxon.serving.queue.JobState.Unfinished;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobStateTest {
    private static final ObjectNode RESULT =
            JsonNodeFactory.instance.objectNode().put("rows", 3);
    private static final List<Unfinished> UNFINISHED = List.of(
            new Queued(),
            new Queued().takeUp(),
            new Queued().takeUp().run(),
            new Queued().takeUp().run().evaluate());

    @Test
    void aJobThatTrainsGoesThroughAllOfThem() {
        Succeeded end = new Queued().takeUp().run().evaluate().succeed(RESULT);

        assertThat(UNFINISHED.stream().map(JobState::word))
                .containsExactly("queued", "validating", "running", "evaluating");
        assertThat(end.word()).isEqualTo("succeeded");
        assertThat(end.result()).isEqualTo(RESULT);
    }

    @Test
    void whateverHasNotEndedCanFailBeCancelledOrBegunAnew() {
        Problem problem = Problem.of(ErrorCode.NOT_FOUND, "The data are gone.");

        for (Unfinished state : UNFINISHED) {
            assertThat(state.fail(problem)).isEqualTo(new Failed(problem));
            assertThat(state.cancel().word()).isEqualTo("cancelled");
            assertThat(state.takeUp().word()).isEqualTo("validating");
            assertThat(state.giveBack()).isEqualTo(new Queued());
        }
    }

    @Test
    void whatHasEndedGoesNowhere() {
        Stream<Class<?>> ends = Arrays.stream(Ended.class.getPermittedSubclasses());

        assertThat(ends.flatMap(end -> Arrays.stream(end.getDeclaredMethods()))
                        .filter(method -> JobState.class.isAssignableFrom(method.getReturnType())))
                .isEmpty();
    }

    @Test
    void everyWordIsReadBackAsTheStateThatWroteIt() {
        for (Unfinished state : UNFINISHED) {
            assertThat(Unfinished.of(state.word())).isEqualTo(state);
        }
    }
}
