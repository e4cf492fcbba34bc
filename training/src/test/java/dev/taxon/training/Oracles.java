package dev.taxon.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What scripts beside the resources worked out. */
public final class Oracles {
    private Oracles() {}

    /** The cases of a file beside a class. */
    public static Stream<JsonNode> cases(Class<?> beside, String file) {
        try (InputStream content = beside.getResourceAsStream(file)) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(content).get("cases").forEach(cases::add);
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
