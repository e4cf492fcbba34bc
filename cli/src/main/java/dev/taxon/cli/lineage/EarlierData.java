package dev.taxon.cli.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.training.data.DigestedFile;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.learning.LearnedBefore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files that an adapter and those before it have learned, as its lineage has them: by their content, whatever they are called
 * now. A file that changed since is another.
 *
 * @param digests SHA-256 of the files' bytes, in hexadecimal
 */
public record EarlierData(Set<String> digests) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data ";
    private static final String REHEARSED = "rehearsed ";
    private static final String BEFORE = "learned before ";
    private static final String FEEDBACK = "feedback";

    /** Whether a file, as it is now, is one of them; one that cannot be read is left to whoever reads its rows. */
    public boolean contains(Path file) {
        try {
            return !digests.isEmpty() && Files.isRegularFile(file) && digests.contains(DigestedFile.digestOf(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** What is known of an adapter's folder, or that of the job that made it; nothing where there is none. */
    public static EarlierData of(@Nullable Path from) {
        if (from == null) {
            return new EarlierData(Set.of());
        }
        Path own = from.resolve(AdapterFolder.SETTINGS);
        Path trained = from.resolve(AdapterFolder.TRAINED).resolve(AdapterFolder.SETTINGS);
        Path file = Files.exists(from.resolve(AdapterFolder.CONFIG)) ? own : trained;
        try {
            return new EarlierData(
                    digests(JSON.readTree(Files.readAllBytes(file)).path("lineage")));
        } catch (IOException notOurs) {
            // There need be none; one that is damaged is refused with the folder.
            return new EarlierData(Set.of());
        }
    }

    private static Set<String> digests(JsonNode lineage) {
        Set<String> digests = new TreeSet<>();
        lineage.fields().forEachRemaining(fact -> {
            String name = fact.getKey();
            // Where it learned from what people said, its data only judged it.
            boolean data = name.startsWith(DATA) && !lineage.has(FEEDBACK);
            if (data || name.startsWith(REHEARSED) || name.startsWith(BEFORE)) {
                digests.add(fact.getValue().asText());
            }
        });
        return digests;
    }

    /** The rows of such files, of all rows of some sets. */
    public LearnedBefore rows(List<LabelledSet> sets) {
        List<Boolean> known = sets.stream()
                .flatMap(set -> set.examples().stream().map(row -> digests.contains(set.digest())))
                .toList();
        return new LearnedBefore(
                IntStream.range(0, known.size()).filter(known::get).boxed().collect(Collectors.toSet()));
    }

    /** For the lineage of what goes on from the adapter. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        new TreeSet<>(digests).forEach(digest -> facts.put(BEFORE + (facts.size() + 1), digest));
        return facts;
    }
}
