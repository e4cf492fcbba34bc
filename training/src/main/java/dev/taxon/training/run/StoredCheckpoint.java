package dev.taxon.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.training.DiskFault;
import dev.taxon.training.step.StatefulModel;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.TreeMap;

/** A checkpoint on disk: {@code state.safetensors} of the model and {@code progress.json} of the run. */
record StoredCheckpoint(Path folder, RunProgress progress, RunIdentity identity) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "state.safetensors";
    private static final String PROGRESS = "progress.json";

    Path state() {
        return folder.resolve(STATE);
    }

    static Path stateIn(Path folder) {
        return folder.resolve(STATE);
    }

    static void writeProgress(Path folder, RunProgress progress, RunIdentity identity) throws IOException {
        ObjectNode root = JSON.createObjectNode()
                .put("step", progress.step())
                .put("rows_seen", progress.rowsSeen())
                .put("smoothed_loss", progress.smoothedLoss())
                .put("seconds", progress.seconds());
        ObjectNode facts = root.putObject("identity");
        identity.facts().forEach(facts::put);
        Files.writeString(
                folder.resolve(PROGRESS), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    static StoredCheckpoint read(Path folder) {
        try {
            JsonNode root = JSON.readTree(Files.readString(folder.resolve(PROGRESS)));
            TreeMap<String, String> facts = new TreeMap<>();
            root.required("identity")
                    .properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
            RunProgress progress = new RunProgress(
                    root.required("step").asInt(),
                    root.required("rows_seen").asLong(),
                    root.required("smoothed_loss").asDouble(),
                    root.required("seconds").asDouble());
            return new StoredCheckpoint(folder, progress, new RunIdentity(facts));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new DamagedCheckpoint(folder, PROGRESS + " is not what was written", e);
        } catch (NoSuchFileException | CharacterCodingException e) {
            throw new DamagedCheckpoint(folder, PROGRESS + " is missing or not text", e);
        } catch (IOException e) {
            throw new TrainingException(
                    "The checkpoint " + folder + " cannot be read (" + DiskFault.reason(e)
                            + "); check the disk, then go on with --resume.",
                    e);
        }
    }

    /** Gives the model the state. */
    void load(StatefulModel model) {
        try {
            model.loadState(state());
        } catch (CheckpointException e) {
            throw new DamagedCheckpoint(folder, String.valueOf(e.getMessage()), e);
        }
    }
}
