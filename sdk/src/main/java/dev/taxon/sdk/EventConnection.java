package dev.taxon.sdk;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Server-sent events as one connection brings them. Read by one thread at a time; another may close it. */
final class EventConnection implements AutoCloseable {

    /** A server says something every fifteen seconds; one that has said nothing for longer is not there any more. */
    static final Duration SILENCE = Duration.ofSeconds(50);

    private static final String DATA = "data:";

    private final InputStream stream;
    private final BufferedReader lines;
    private final Duration silence;

    /** @param silence how long to wait for a line, after which the connection counts as broken */
    EventConnection(InputStream stream, Duration silence) {
        this.stream = stream;
        this.silence = silence;
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Waits for an event, and gives its data once all of it is there; the beginning of one that never came whole is dropped.
     *
     * @throws EOFException where the server has closed the connection
     * @throws IOException where it broke, or nothing came for too long
     */
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith(DATA)) {
                data.append(line, DATA.length(), line.length()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                return data.toString();
            }
        }
        throw new EOFException("closed by the server");
    }

    /** A connection whose other end is gone without a word would be read for ever: reading has no timeout of its own. */
    private @Nullable String line() throws IOException {
        CompletableFuture<Void> came = new CompletableFuture<Void>().orTimeout(silence.toNanos(), TimeUnit.NANOSECONDS);
        came.whenComplete((nothing, late) -> {
            if (late != null) {
                hangUp();
            }
        });
        try {
            return lines.readLine();
        } finally {
            came.complete(null);
        }
    }

    private void hangUp() {
        try {
            close();
        } catch (IOException closedAlready) {
            // Whoever reads is told by the stream itself.
        }
    }

    /** Closes the stream and not its reader, which a thread that waits for a line holds locked. */
    @Override
    public void close() throws IOException {
        stream.close();
    }
}
