package dev.taxon.training.supervised;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.training.DiskFault;
import dev.taxon.training.run.DurableFiles;
import dev.taxon.training.run.StepNumber;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.step.StatefulModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How a run did on held-out rows, and its adapter where it did best, on disk. The two last of the best are kept, since a
 * run that is killed goes on from a checkpoint before the last of them. Not thread-safe.
 */
final class BestAdapter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final NavigableMap<Integer, Double> losses = new TreeMap<>();

    private BestAdapter(Path folder) {
        this.folder = folder;
    }

    /** What a run in a folder knew when it had done some steps. */
    static BestAdapter after(int steps, Path folder) {
        BestAdapter best = new BestAdapter(folder);
        try {
            Files.createDirectories(folder);
            if (Files.exists(best.log())) {
                best.read();
            }
        } catch (JsonProcessingException | CharacterCodingException | NumberFormatException e) {
            throw new TrainingException(
                    best.log() + " is damaged; put the file back, or start anew in another folder.", e);
        } catch (IOException e) {
            throw failed(folder, e);
        }
        best.losses.tailMap(steps, false).clear();
        return best;
    }

    private void read() throws IOException {
        JSON.readTree(Files.readString(log()))
                .properties()
                .forEach(entry -> losses.put(
                        Integer.parseInt(entry.getKey()), entry.getValue().asDouble()));
    }

    boolean knows(int step) {
        return losses.containsKey(step);
    }

    /** Takes note of the loss after a step, and of the adapter if it is the best so far. */
    void judge(int step, double loss, StatefulModel adapter) {
        boolean best = losses.values().stream().allMatch(earlier -> loss < earlier);
        if (best) {
            adapter.saveState(file(step));
        }
        losses.put(step, loss);
        write();
        bestSteps().skip(2).forEach(this::delete);
    }

    /** The step that did best, the first of equals. */
    Optional<Integer> step() {
        return bestSteps().findFirst();
    }

    /** Looks since the best one. */
    int looksSince() {
        return step().map(best -> losses.tailMap(best, false).size()).orElse(0);
    }

    Path state() {
        return file(step().orElseThrow(() -> new IllegalStateException("no look at held-out rows yet")));
    }

    /** Steps that did better than all before them, the best first. */
    private Stream<Integer> bestSteps() {
        TreeMap<Integer, Double> records = new TreeMap<>();
        losses.forEach((step, loss) -> {
            if (records.values().stream().allMatch(earlier -> loss < earlier)) {
                records.put(step, loss);
            }
        });
        return records.keySet().stream().sorted(Comparator.reverseOrder());
    }

    private void write() {
        Map<String, Double> named = new TreeMap<>();
        losses.forEach((step, loss) -> named.put(Integer.toString(step), loss));
        try {
            DurableFiles.write(log(), JSON.writeValueAsString(named).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private void delete(int step) {
        try {
            Files.deleteIfExists(file(step));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("held-out.json");
    }

    private Path file(int step) {
        return folder.resolve("best-" + StepNumber.of(step) + ".safetensors");
    }

    private static TrainingException failed(Path folder, IOException e) {
        return new TrainingException(
                "What was found on held-out rows could not be kept in " + folder + " (" + DiskFault.reason(e)
                        + "); make room on the disk, then go on with --resume.",
                e);
    }
}
