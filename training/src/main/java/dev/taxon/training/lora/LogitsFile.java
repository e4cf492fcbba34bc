package dev.taxon.training.lora;

import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Logits of rows on disk, whole or not at all, so that what was scored need not be scored again. */
record LogitsFile(Path file) {

    /** The logits of as many rows; empty where there are none. */
    Optional<List<float[]>> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            List<float[]> rows = new ArrayList<>();
            while (bytes.hasRemaining()) {
                float[] row = new float[bytes.getInt()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = bytes.getFloat();
                }
                rows.add(row);
            }
            return Optional.of(rows);
        } catch (IOException e) {
            throw new TrainingException(file + " cannot be read; remove it to score the rows again.", e);
        }
    }

    /** The logits that are there, or else those that can be had, which are then kept; empty when they cannot. */
    Optional<List<float[]>> orElse(Supplier<Optional<List<float[]>>> scoring) {
        Optional<List<float[]>> known = read();
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
