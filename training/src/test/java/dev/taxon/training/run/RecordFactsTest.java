package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordFactsTest {
    enum Kind {
        ATTENTION,
        FEED_FORWARD
    }

    record Inner(double warmupShare, Kind kind) {}

    record Nothing() {}

    record Outer(int rank, Set<Kind> targets, Inner inner, Nothing skipped) {}

    @Test
    void writesAFactAComponentByItsDottedName() {
        Outer settings =
                new Outer(16, Set.of(Kind.FEED_FORWARD, Kind.ATTENTION), new Inner(0.1, Kind.ATTENTION), new Nothing());
        assertThat(RecordFacts.of("size", settings))
                .containsOnlyKeys(
                        "size.rank", "size.targets", "size.inner.warmup_share", "size.inner.kind", "size.skipped")
                .containsEntry("size.rank", "16")
                .containsEntry("size.targets", "attention,feed_forward")
                .containsEntry("size.inner.warmup_share", "0.1")
                .containsEntry("size.inner.kind", "attention")
                .containsEntry("size.skipped", "nothing");
    }
}
