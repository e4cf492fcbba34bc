package dev.taxon.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.serving.fixture.LoggedErrors;
import org.junit.jupiter.api.Test;

final class FailureLogTest {

    @Test
    void logsEachCauseOnceAndNoText() {
        FailureLog log = new FailureLog();
        try (LoggedErrors errors = new LoggedErrors()) {
            for (int i = 0; i < 3; i++) {
                log.failed(i, new IllegalStateException("zanzibar"));
            }
            log.failed(7, new ArithmeticException("zanzibar"));
            assertThat(errors.messages()).hasSize(2);
            assertThat(errors.messages().get(0)).contains("IllegalStateException");
            assertThat(errors.messages().get(1)).contains("A batch of 7 failed", "ArithmeticException");
            assertThat(errors.messages()).noneMatch(message -> message.contains("zanzibar"));
        }
    }
}
