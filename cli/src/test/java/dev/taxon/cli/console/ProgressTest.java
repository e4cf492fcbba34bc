package dev.taxon.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final StringWriter text = new StringWriter();

    @Test
    void redrawsItsBarOnATerminal() {
        Progress progress = new Progress(new PrintWriter(text), true);
        progress.show(1, 2, "loss 0.5");
        progress.show(2, 2, "loss 0.4");
        progress.end();
        progress.end();
        assertThat(text.toString())
                .isEqualTo("\r[###############...............]  50%  loss 0.5\u001b[K"
                        + "\r[##############################] 100%  loss 0.4\u001b[K" + System.lineSeparator());
    }

    @Test
    void writesFewPlainLinesElsewhere() {
        Progress progress = new Progress(new PrintWriter(text), false);
        for (int step = 1; step <= 100_000; step++) {
            progress.show(step, 100_000, "step " + step);
        }
        progress.end();
        assertThat(text.toString().lines()).hasSize(50).last().isEqualTo("100%  step 100000");
        assertThat(text.toString()).doesNotContain("\r").doesNotContain("\u001b");
    }
}
