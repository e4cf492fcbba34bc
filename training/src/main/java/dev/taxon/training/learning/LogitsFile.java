package dev.taxon.training.learning;

import dev.taxon.training.DiskFault;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.TrainingException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
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
        try (DataInputStream bytes = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<float[]> rows = new ArrayList<>();
            long left = Files.size(file);
            while (left > 0) {
                float[] row = row(bytes, left);
                rows.add(row);
                left -= Integer.BYTES + (long) row.length * Float.BYTES;
            }
            return Optional.of(rows);
        } catch (IOException e) {
            throw new TrainingException(file + " cannot be read; remove it to score the rows again.", e);
        }
    }

    private static float[] row(DataInputStream bytes, long left) throws IOException {
        int labels = bytes.readInt();
        if (labels < 0 || labels > left / Float.BYTES) {
            throw new EOFException();
        }
        float[] row = new float[labels];
        for (int i = 0; i < row.length; i++) {
            row[i] = bytes.readFloat();
        }
        return row;
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
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFiles.write(file, out -> write(rows, new DataOutputStream(out)));
        } catch (IOException e) {
            throw new TrainingException(
                    "Scores could not be written to " + file + " (" + DiskFault.reason(e)
                            + "); make room on the disk, then go on with --resume.",
                    e);
        }
    }

    private static void write(List<float[]> rows, DataOutputStream out) throws IOException {
        for (float[] row : rows) {
            out.writeInt(row.length);
            for (float logit : row) {
                out.writeFloat(logit);
            }
        }
    }
}
