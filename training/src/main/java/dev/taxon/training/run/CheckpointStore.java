package dev.taxon.training.run;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.training.DiskFault;
import dev.taxon.training.step.StatefulModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run, a folder each, written whole or not at all; the last two are kept. A checkpoint is complete
 * when it has its name: it is written under another one, forced to disk and renamed.
 */
final class CheckpointStore {
    private static final int KEPT = 2;
    private static final String NAME = "step-";
    private static final Pattern COMPLETE = Pattern.compile(NAME + "\\d{8}");
    private static final String WRITING = ".writing";

    private final Path root;

    CheckpointStore(Path root) {
        this.root = root;
    }

    /** The folders of those that are kept, the last step's first. */
    List<Path> lastFirst() {
        List<Path> folders = new ArrayList<>(complete());
        Collections.reverse(folders);
        return folders;
    }

    static int step(Path checkpoint) {
        return Integer.parseInt(String.valueOf(checkpoint.getFileName()).substring(NAME.length()));
    }

    /** Takes a checkpoint that cannot be used out of the way, so that its step can be written again. */
    void setAside(Path checkpoint) {
        Path aside = root.resolve(".damaged-" + checkpoint.getFileName());
        try {
            DurableFiles.deleteTree(aside);
            Files.move(checkpoint, aside);
        } catch (IOException e) {
            throw new TrainingException(
                    "The damaged checkpoint " + checkpoint + " cannot be moved to " + aside + " (" + DiskFault.reason(e)
                            + "); remove it, then go on with --resume.",
                    e);
        }
    }

    /**
     * Writes a checkpoint, unless that of the step is there already, and lets go of those no longer kept. When it fails,
     * the ones before are as they were.
     */
    Path write(StatefulModel model, RunProgress progress, RunIdentity identity) {
        Path target = root.resolve(NAME + StepNumber.of(progress.step()));
        if (Files.exists(target)) {
            return target;
        }
        Path writing = root.resolve(WRITING);
        try {
            DurableFiles.deleteTree(writing);
            Files.createDirectories(writing);
            model.saveState(StoredCheckpoint.stateIn(writing));
            StoredCheckpoint.writeProgress(writing, progress, identity);
            DurableFiles.publish(writing, target);
            removeOld();
            return target;
        } catch (IOException | UncheckedIOException | CheckpointException e) {
            throw new TrainingException(
                    "The checkpoint of step " + progress.step() + " could not be written to " + root + " ("
                            + DiskFault.reason(e) + "); " + whatStands() + " Make room on the disk, then go on"
                            + " with --resume.",
                    e);
        }
    }

    private String whatStands() {
        List<Path> complete = complete();
        return complete.isEmpty()
                ? "no earlier one exists."
                : "the one before it, " + complete.get(complete.size() - 1) + ", is unharmed.";
    }

    private void removeOld() throws IOException {
        List<Path> complete = complete();
        for (Path old : complete.subList(0, Math.max(0, complete.size() - KEPT))) {
            DurableFiles.deleteTree(old);
        }
    }

    private List<Path> complete() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> COMPLETE.matcher(String.valueOf(folder.getFileName()))
                            .matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new TrainingException("The checkpoints in " + root + " cannot be listed; check the disk.", e);
        }
    }
}
