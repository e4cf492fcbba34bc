package dev.taxon.core.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.JsonFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Taxon's own file beside PEFT's: {@code {"labels": ["billing", {"name": ..., "description": ...}], "mode":
 * "single-label", "temperature": 1.4, "threshold": 0.4, "thresholds": {"billing": 0.3}, "base_digest": ...}}, every part
 * of which may be absent. What else stands there, such as lineage and metrics, is for people.
 *
 * @param base the digest of the base that the adapter was trained on
 */
record TaxonFile(AdapterSettings settings, Optional<String> base) {
    static final TaxonFile NONE = new TaxonFile(AdapterSettings.NONE, Optional.empty());

    private static final double LEAST_TEMPERATURE = 1e-6;
    private static final double MOST_TEMPERATURE = 1e6;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    static TaxonFile read(String source, byte[] json) {
        JsonFile file = JsonFile.ofCustomer(source, json);
        double temperature = file.number("temperature", 1);
        if (!(temperature >= LEAST_TEMPERATURE) || temperature > MOST_TEMPERATURE) {
            throw file.wrong("temperature", "a number from 0.000001 to 1000000");
        }
        AdapterSettings settings = new AdapterSettings(
                labels(source, file), mode(file), temperature, threshold(file), thresholds(source, file));
        String base = file.string("base_digest", "");
        return new TaxonFile(settings, base.isEmpty() ? Optional.empty() : Optional.of(base));
    }

    /** Another base in words, by its digest where it is one: the field may hold anybody's words. */
    static String shown(String base) {
        return DIGEST.matcher(base).matches() ? "the base " + base : "a base that base_digest names otherwise";
    }

    private static List<CandidateLabel> labels(String source, JsonFile file) {
        List<CandidateLabel> labels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!file.has("labels")) {
            return labels;
        }
        if (!file.node().get("labels").isArray()) {
            throw labelsWrong(source);
        }
        for (JsonNode label : file.node().get("labels")) {
            JsonNode name = label.isObject() ? label.path("name") : label;
            JsonNode description = label.path("description");
            if (!name.isTextual()
                    || name.textValue().isBlank()
                    || !(description.isMissingNode() || description.isTextual())) {
                throw labelsWrong(source);
            }
            if (!names.add(name.textValue())) {
                // Labels are a customer's words, which a message does not quote.
                throw new CheckpointException(source + ": labels names one label twice; each may stand there once.");
            }
            labels.add(new CandidateLabel(name.textValue(), description.textValue(), null));
        }
        return labels;
    }

    private static CheckpointException labelsWrong(String source) {
        return new CheckpointException(
                source + ": labels must be a list of names, or of objects with name and description.");
    }

    private static Optional<Mode> mode(JsonFile file) {
        if (!file.has("mode")) {
            return Optional.empty();
        }
        return Optional.of(
                Mode.of(file.string("mode", "")).orElseThrow(() -> file.wrong("mode", "single-label or multi-label")));
    }

    private static OptionalDouble threshold(JsonFile file) {
        return file.has("threshold") ? OptionalDouble.of(score(file, "threshold")) : OptionalDouble.empty();
    }

    private static Map<String, Double> thresholds(String source, JsonFile file) {
        Map<String, Double> thresholds = new LinkedHashMap<>();
        file.object("thresholds")
                .ifPresent(byLabel -> byLabel.node().fieldNames().forEachRemaining(label -> {
                    if (!byLabel.node().get(label).isNumber()
                            || outOfRange(byLabel.node().get(label).doubleValue())) {
                        // Labels are a customer's words, which a message does not quote.
                        throw new CheckpointException(source + ": a threshold of thresholds is no number from 0 to 1.");
                    }
                    thresholds.put(label, byLabel.node().get(label).doubleValue());
                }));
        return thresholds;
    }

    private static double score(JsonFile file, String key) {
        double score = file.number(key, 0);
        if (outOfRange(score)) {
            throw file.wrong(key, "a number from 0 to 1");
        }
        return score;
    }

    private static boolean outOfRange(double score) {
        return !(score >= 0 && score <= 1);
    }
}
