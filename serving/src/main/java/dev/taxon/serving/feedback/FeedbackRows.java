package dev.taxon.serving.feedback;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** Feedback for those who learn from it. Thread-safe. */
@Singleton
public final class FeedbackRows {
    private final FeedbackStore store;

    FeedbackRows(FeedbackStore store) {
        this.store = store;
    }

    /**
     * Writes all feedback on an adapter's answers to a file that {@link dev.taxon.training.policy.FeedbackStream} reads, in
     * an order that does not change.
     *
     * @return how many rows
     * @throws UncheckedIOException when the file cannot be written
     */
    public long writeJsonl(UUID tenant, String adapter, Path file) {
        return writeJsonl(tenant, adapter, Instant.now(), file);
    }

    /** As above, what was said up to a moment. */
    public long writeJsonl(UUID tenant, String adapter, Instant until, Path file) {
        try (FeedbackLines lines = new FeedbackLines(Files.newOutputStream(file))) {
            store.read(tenant, adapter, until, lines::judged);
            return lines.written();
        } catch (IOException failure) {
            throw new UncheckedIOException("The feedback cannot be written to " + file + ".", failure);
        }
    }

    /** Has a taker see the text of everything that was said of an adapter's answers up to a moment. */
    public void readTexts(UUID tenant, String adapter, Instant until, Consumer<String> taker) {
        store.read(tenant, adapter, until, judged -> taker.accept(judged.text()));
    }
}
