package dev.taxon.core.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.taxon.core.CandidateLabel;
import dev.taxon.core.checkpoint.ContentDigest;
import dev.taxon.core.checkpoint.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows an adapter by its content: SHA-256, in hexadecimal, over its tensors sorted by name (name, element type, shape,
 * bytes) and the canonical JSON of the configuration that is honoured, labels, thresholds, temperature and base digest;
 * never over times, identifiers or metrics.
 */
final class AdapterDigest {
    private static final ObjectMapper CANONICAL =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private AdapterDigest() {}

    static String of(Weights weights, PeftConfig config, TaxonFile own) {
        return new ContentDigest().tensors(weights).part(json(config, own)).hexadecimal();
    }

    private static byte[] json(PeftConfig config, TaxonFile own) {
        AdapterSettings settings = own.settings();
        Map<String, Object> content = new TreeMap<>();
        content.put("lora_alpha", config.alpha());
        content.put("use_rslora", config.rankStabilized());
        content.put("alpha_pattern", config.alphas().inOrder());
        content.put("modules_to_save", config.modulesToSave());
        content.put(
                "labels", settings.labels().stream().map(AdapterDigest::label).toList());
        settings.mode().ifPresent(mode -> content.put("mode", mode.name()));
        content.put("temperature", settings.temperature());
        settings.threshold().ifPresent(threshold -> content.put("threshold", threshold));
        content.put("thresholds", new TreeMap<>(settings.thresholds()));
        own.base().ifPresent(base -> content.put("base_digest", base));
        try {
            return CANONICAL.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values always has a JSON form.", e);
        }
    }

    private static List<String> label(CandidateLabel label) {
        String description = label.description();
        return description == null ? List.of(label.name()) : new ArrayList<>(Arrays.asList(label.name(), description));
    }
}
