package dev.taxon.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The curve on disk, a JSON object a line, appended as the run goes. */
final class CurveLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    CurveLog(Path file) {
        this.file = file;
    }

    void append(CurvePoint point) throws IOException {
        Files.writeString(
                file,
                JSON.writeValueAsString(point) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Points up to the first line that was cut short. */
    List<CurvePoint> points() throws IOException {
        List<CurvePoint> points = new ArrayList<>();
        if (!Files.exists(file)) {
            return points;
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                points.add(JSON.readValue(line, CurvePoint.class));
            }
        } catch (JsonProcessingException cutShort) {
            return points;
        }
        return points;
    }

    /** Forgets what came after a step, so that going on from its checkpoint writes nothing twice. */
    void cutAfter(int step) throws IOException {
        StringBuilder kept = new StringBuilder();
        for (CurvePoint point : points()) {
            if (point.step() <= step) {
                kept.append(JSON.writeValueAsString(point)).append('\n');
            }
        }
        DurableFiles.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }
}
