package dev.taxon.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.training.DiskFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has to be the same for a job of several phases to go on, kept in its folder from its first moment on. */
public final class JobIdentity {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "identity.json";

    private JobIdentity() {}

    /** Whether a job began in a folder. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * Writes the facts into a folder, or holds them against those that are there.
     *
     * @throws TrainingException naming the facts that differ
     */
    public static void require(Path folder, Map<String, String> facts) {
        Path file = folder.resolve(FILE);
        try {
            if (Files.exists(file)) {
                compare(folder, new RunIdentity(new TreeMap<>(facts)), read(file));
            } else {
                Files.createDirectories(folder);
                DurableFiles.write(file, JSON.writeValueAsBytes(new TreeMap<>(facts)));
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /**
     * One of the facts that the job in a folder began with; empty where none has begun, or not with such a fact.
     *
     * @throws TrainingException where the file cannot be read
     */
    public static Optional<String> begunWith(Path folder, String name) {
        Path file = folder.resolve(FILE);
        try {
            return Files.exists(file) ? Optional.ofNullable(read(file).facts().get(name)) : Optional.empty();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static TrainingException unusable(Path file, IOException cause) {
        return cause instanceof JsonProcessingException || cause instanceof CharacterCodingException
                ? new TrainingException(
                        file + " is damaged, so that nobody knows what the job began with; choose another folder.",
                        cause)
                : new TrainingException(
                        file + " cannot be read or written (" + DiskFault.reason(cause)
                                + "); check the disk, or choose another folder.",
                        cause);
    }

    private static RunIdentity read(Path file) throws IOException {
        TreeMap<String, String> facts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> fact :
                JSON.readTree(Files.readString(file)).properties()) {
            facts.put(fact.getKey(), fact.getValue().asText());
        }
        return new RunIdentity(facts);
    }

    private static void compare(Path folder, RunIdentity now, RunIdentity stored) {
        now.differenceFrom(stored).ifPresent(difference -> {
            throw new TrainingException("The job in " + folder + " cannot go on with other settings or data: "
                    + difference + "; use what it began with or choose another folder.");
        });
    }
}
