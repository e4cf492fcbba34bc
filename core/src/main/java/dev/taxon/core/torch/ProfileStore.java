package dev.taxon.core.torch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Profiles of machines in a file, so that each is measured once. The file is a convenience: where it cannot be read or
 * written, or was measured elsewhere, the machine is measured again. Several processes may use it at a time.
 */
public final class ProfileStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public ProfileStore(Path file) {
        this.file = file;
    }

    /** The user's own: {@code taxon/machine.json} in {@code XDG_CACHE_HOME}, or in {@code .cache} of the home folder. */
    public static ProfileStore ofUser() {
        @Nullable String cache = System.getenv("XDG_CACHE_HOME");
        Path folder = cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(cache);
        return new ProfileStore(folder.resolve("taxon").resolve("machine.json"));
    }

    /** The profile of a machine: the one that is kept, or else the one that is measured now, which is kept then. */
    public MachineProfile of(String machine, Supplier<Map<Precision, Double>> measure) {
        return kept(machine).orElseGet(() -> measured(machine, measure));
    }

    /** Measures, whatever is kept, and keeps it. */
    public MachineProfile measured(String machine, Supplier<Map<Precision, Double>> measure) {
        MachineProfile profile = new MachineProfile(machine, measure.get());
        keep(profile);
        return profile;
    }

    private Optional<MachineProfile> kept(String machine) {
        try {
            JsonNode found = JSON.readTree(Files.readAllBytes(file)).path(machine);
            Map<Precision, Double> rates = new EnumMap<>(Precision.class);
            for (Precision precision : Precision.values()) {
                double rate = found.path(precision.name()).asDouble(0);
                if (rate > 0) {
                    rates.put(precision, rate);
                }
            }
            return rates.containsKey(Precision.FP32)
                    ? Optional.of(new MachineProfile(machine, rates))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void keep(MachineProfile profile) {
        ObjectNode all = others();
        ObjectNode own = all.putObject(profile.machine());
        profile.rates().forEach((precision, rate) -> own.put(precision.name(), rate));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "machine", ".json");
            try {
                Files.write(whole, JSON.writeValueAsBytes(all));
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException readOnly) {
            // Measured again next time.
            return;
        }
    }

    private ObjectNode others() {
        try {
            return JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode kept ? kept : JSON.createObjectNode();
        } catch (IOException absentOrDamaged) {
            return JSON.createObjectNode();
        }
    }
}
