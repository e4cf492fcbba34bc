package dev.taxon.serving.worker;

import dev.taxon.training.data.Example;
import dev.taxon.training.data.ExampleStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts to classify, one after the other: memory does not grow with them. Used by one thread. */
final class BulkRows implements AutoCloseable {
    private final Source source;
    private final long total;

    private BulkRows(Source source, long total) {
        this.source = source;
        this.total = total;
    }

    /** Where they come from; null after the last. */
    private interface Source extends AutoCloseable {
        @Nullable
        Example next();

        @Override
        default void close() {}
    }

    /** Texts that no labels are offered to. */
    static BulkRows of(List<String> texts) {
        Iterator<String> left = texts.iterator();
        return new BulkRows(() -> left.hasNext() ? new Example(left.next(), List.of(), List.of()) : null, texts.size());
    }

    /**
     * The rows of a file.
     *
     * @param rows how many there are
     */
    static BulkRows of(Path file, long rows) {
        ExampleStream stream = ExampleStream.open(file);
        Source source = new Source() {
            @Override
            public @Nullable Example next() {
                return stream.next();
            }

            @Override
            public void close() {
                stream.close();
            }
        };
        return new BulkRows(source, rows);
    }

    long total() {
        return total;
    }

    /** Passes over so many. */
    void skip(long rows) {
        for (long row = 0; row < rows; row++) {
            source.next();
        }
    }

    /** The next ones, up to so many; none after the last. */
    List<Example> next(int most) {
        List<Example> piece = new ArrayList<>();
        while (piece.size() < most) {
            Example row = source.next();
            if (row == null) {
                return piece;
            }
            piece.add(row);
        }
        return piece;
    }

    @Override
    public void close() {
        source.close();
    }
}
