package dev.taxon.training.ppo;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.training.DiskFault;
import dev.taxon.training.run.StepNumber;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.step.StatefulModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * States of a policy near its reference, to fall back on. The last two are kept, since a run that is killed goes on from a
 * checkpoint before the last of them.
 */
record HealthyState(Path folder) {
    private static final int KEPT = 2;
    private static final Pattern NAMED = Pattern.compile("healthy-(\\d{8})\\.safetensors");

    /** Keeps the state after a step. */
    void keep(int step, StatefulModel model) {
        model.saveState(file(step));
        try {
            List<Integer> all = steps();
            for (int old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                Files.deleteIfExists(file(old));
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Puts the last state up to a step back, and says of which step it is. */
    int restore(int upTo, StatefulModel model) {
        try {
            int step = steps().stream()
                    .filter(kept -> kept <= upTo)
                    .reduce((before, after) -> after)
                    .orElseThrow(() -> new TrainingException("There is no state to fall back on in " + folder
                            + "; start anew in another folder, with lower rates."));
            model.loadState(file(step));
            return step;
        } catch (CheckpointException e) {
            throw new TrainingException(
                    "A state to fall back on is damaged (" + e.getMessage()
                            + "); remove it to fall back on the one before it, with --resume.",
                    e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path file(int step) {
        return folder.resolve("healthy-" + StepNumber.of(step) + ".safetensors");
    }

    private List<Integer> steps() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAMED.matcher(String.valueOf(file.getFileName())))
                    .filter(name -> name.matches())
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        }
    }

    private TrainingException failed(IOException e) {
        return new TrainingException(
                "States of the policy in " + folder + " cannot be reached (" + DiskFault.reason(e)
                        + "); check the disk, then go on with --resume.",
                e);
    }
}
