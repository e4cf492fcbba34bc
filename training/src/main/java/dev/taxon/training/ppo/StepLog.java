package dev.taxon.training.ppo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.training.DiskFault;
import dev.taxon.training.page.LinePanel;
import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The steps of a run on disk, a JSON object a line, each forced to disk before any checkpoint of a later step: what a run
 * that goes on has to know of its past, it reads here. Not thread-safe.
 */
record StepLog(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static StepLog in(Path folder) {
        return new StepLog(folder.resolve("steps.jsonl"));
    }

    void append(StepRecord step) {
        try {
            Files.writeString(
                    file,
                    JSON.writeValueAsString(step) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The steps up to one, 0 for none; forgets those after it. Throws {@link TrainingException} where some are missing. */
    List<StepRecord> upTo(int last) {
        try {
            List<StepRecord> steps = read(last);
            if (steps.size() != last) {
                throw new TrainingException(file + " lacks steps that were done before step " + last
                        + "; put the file back, or start anew in another folder.");
            }
            StringBuilder kept = new StringBuilder();
            for (StepRecord step : steps) {
                kept.append(JSON.writeValueAsString(step)).append('\n');
            }
            DurableFiles.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
            return steps;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Steps up to one, or up to the first line that was cut short. */
    private List<StepRecord> read(int last) throws IOException {
        List<StepRecord> steps = new ArrayList<>();
        if (!Files.exists(file)) {
            return steps;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                StepRecord step = JSON.readValue(line, StepRecord.class);
                if (step.step() <= last) {
                    steps.add(step);
                }
            }
        } catch (JsonProcessingException | CharacterCodingException cutShort) {
            return steps;
        }
        return steps;
    }

    /** The charts of all steps, as HTML. */
    String panels() throws IOException {
        List<StepRecord> steps = read(Integer.MAX_VALUE);
        if (steps.isEmpty()) {
            return "";
        }
        double lowest = lowest(steps);
        return panel("Reward of an answer" + below(lowest), steps, step -> step.reward() - lowest)
                + panel("Divergence from the reference, nats a decision", steps, StepRecord::divergence)
                + panel("Entropy, nats a decision", steps, StepRecord::entropy)
                + panel("Share of decisions outside the clip", steps, StepRecord::clipFraction)
                + panel("Squared error of the value head", steps, StepRecord::valueLoss);
    }

    /** Charts begin at 0; rewards may lie below. */
    private static double lowest(List<StepRecord> steps) {
        return Math.min(0, steps.stream().mapToDouble(StepRecord::reward).min().orElse(0));
    }

    private static String below(double lowest) {
        return lowest < 0 ? String.format(Locale.ROOT, " above %.3g", lowest) : "";
    }

    private static String panel(String title, List<StepRecord> steps, ToDoubleFunction<StepRecord> of) {
        return new LinePanel(title, steps.stream().mapToDouble(StepRecord::step).toArray())
                .with("dark", steps.stream().mapToDouble(of).toArray())
                .svg();
    }

    private TrainingException failed(IOException e) {
        return new TrainingException(
                "The steps could not be kept in " + file + " (" + DiskFault.reason(e)
                        + "); make room on the disk, then go on with --resume.",
                e);
    }
}
