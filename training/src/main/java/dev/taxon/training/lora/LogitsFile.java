package dev.taxon.training.lora;

import dev.taxon.training.data.Example;
import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Logits of rows on disk, whole or not at all, so that what was scored need not be scored again. */
record LogitsFile(Path file) {

    /**
     * The logits of examples' labels; empty where there are none.
     *
     * @throws TrainingException when they are those of other rows, or cut short
     */
    Optional<List<float[]>> read(List<Example> examples) {
        Optional<List<float[]>> rows = read();
        boolean fits = rows.isEmpty()
                || rows.get().size() == examples.size()
                        && IntStream.range(0, examples.size())
                                .allMatch(row -> rows.get().get(row).length
                                        == examples.get(row).allLabels().size());
        if (!fits) {
            throw new TrainingException(file + " is damaged; remove it to score the rows again.");
        }
        return rows;
    }

    private Optional<List<float[]>> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            List<float[]> rows = new ArrayList<>();
            while (bytes.hasRemaining()) {
                int labels = bytes.getInt();
                if (labels < 0 || labels > bytes.remaining() / Float.BYTES) {
                    throw new BufferUnderflowException();
                }
                float[] row = new float[labels];
                for (int i = 0; i < row.length; i++) {
                    row[i] = bytes.getFloat();
                }
                rows.add(row);
            }
            return Optional.of(rows);
        } catch (IOException | BufferUnderflowException e) {
            throw new TrainingException(file + " cannot be read; remove it to score the rows again.", e);
        }
    }

    /**
     * The logits of examples' labels that are there, or else those that can be had, which are then kept; empty when they
     * cannot.
     */
    Optional<List<float[]>> orElse(List<Example> examples, Supplier<Optional<List<float[]>>> scoring) {
        Optional<List<float[]>> known = read(examples);
        if (known.isPresent()) {
            return known;
        }
        Optional<List<float[]>> scored = scoring.get();
        scored.ifPresent(this::write);
        return scored;
    }

    void write(List<float[]> rows) {
        int size = rows.stream()
                .mapToInt(row -> Integer.BYTES + row.length * Float.BYTES)
                .sum();
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (float[] row : rows) {
            bytes.putInt(row.length);
            for (float logit : row) {
                bytes.putFloat(logit);
            }
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFiles.write(file, bytes.array());
        } catch (IOException e) {
            throw new TrainingException(
                    "Scores could not be written to " + file + " ("
                            + e.getClass().getSimpleName() + "); make room on the disk, then go on with --resume.",
                    e);
        }
    }
}
