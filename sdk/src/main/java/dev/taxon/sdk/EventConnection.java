package dev.taxon.sdk;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Server-sent events as one connection brings them. Read by one thread at a time; another may close it. */
final class EventConnection implements AutoCloseable {

    private static final String DATA = "data:";

    private final InputStream stream;
    private final BufferedReader lines;

    EventConnection(InputStream stream) {
        this.stream = stream;
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * Waits for an event, and gives its data once all of it is there; the beginning of one that never came whole is dropped.
     *
     * @throws EOFException where the server has closed the connection
     */
    String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                data.append(line, DATA.length(), line.length()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                return data.toString();
            }
        }
        throw new EOFException("closed by the server");
    }

    /** Closes the stream and not its reader, which a thread that waits for a line holds locked. */
    @Override
    public void close() throws IOException {
        stream.close();
    }
}
