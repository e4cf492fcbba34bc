package dev.taxon.core.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.CandidateLabel;
import dev.taxon.core.checkpoint.ElementType;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes adapters as PEFT's folders, with Taxon's own file beside. Updates are scaled already, so each layer's alpha is its
 * rank; layers that were replaced as a whole are written as the updates that they are kept as. What is written is read back
 * as the same updates and settings, and the same adapter gives the same bytes.
 */
public final class AdapterWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AdapterWriter() {}

    /**
     * Writes into a folder, which is made where it is not there.
     *
     * @throws IOException when the folder cannot be written
     * @throws dev.taxon.core.checkpoint.CheckpointException when the weights cannot
     */
    public static void write(Adapter adapter, Path folder) throws IOException {
        write(adapter, JSON.createObjectNode(), folder);
    }

    /**
     * Writes as above, with notes for people in Taxon's own file, such as lineage and metrics, which are no part of the
     * digest.
     */
    public static void write(Adapter adapter, ObjectNode notes, Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, LowRankUpdate> updates = new TreeMap<>(adapter.updates());
        SafetensorsWriter weights = new SafetensorsWriter(Map.of("format", "pt"));
        updates.forEach((layer, update) -> add(weights, "base_model.model." + layer, update));
        weights.write(folder.resolve(AdapterFolder.WEIGHTS));
        Files.write(folder.resolve(AdapterFolder.CONFIG), pretty(config(updates, adapter.rank())));
        Files.write(
                folder.resolve(AdapterFolder.SETTINGS), pretty(settings(adapter).setAll(notes)));
    }

    private static void add(SafetensorsWriter weights, String layer, LowRankUpdate update) {
        tensor(weights, layer + ".lora_A.weight", List.of((long) update.rank(), (long) update.in()), update.down());
        tensor(weights, layer + ".lora_B.weight", List.of((long) update.out(), (long) update.rank()), update.up());
        FloatBuffer shift = update.shift();
        if (shift != null) {
            tensor(weights, layer + ".lora_B.bias", List.of((long) update.out()), shift);
        }
    }

    private static void tensor(SafetensorsWriter weights, String name, List<Long> shape, FloatBuffer numbers) {
        weights.add(new TensorInfo(name, ElementType.F32, shape), () -> {
            FloatBuffer own = numbers.duplicate().rewind();
            ByteBuffer bytes =
                    ByteBuffer.allocate(own.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(own);
            return bytes;
        });
    }

    private static ObjectNode config(Map<String, LowRankUpdate> updates, int rank) {
        ObjectNode config = JSON.createObjectNode();
        config.put("peft_type", "LORA").put("bias", "none").put("r", rank).put("lora_alpha", rank);
        config.put("lora_bias", updates.values().stream().anyMatch(update -> update.shift() != null));
        ArrayNode targets = config.putArray("target_modules");
        ObjectNode ranks = config.putObject("rank_pattern");
        ObjectNode alphas = config.putObject("alpha_pattern");
        updates.forEach((layer, update) -> {
            targets.add(layer);
            if (update.rank() != rank) {
                ranks.put(layer, update.rank());
                alphas.put(layer, update.rank());
            }
        });
        return config;
    }

    private static ObjectNode settings(Adapter adapter) {
        AdapterSettings settings = adapter.settings();
        ObjectNode file = JSON.createObjectNode();
        if (!settings.labels().isEmpty()) {
            ArrayNode labels = file.putArray("labels");
            settings.labels().forEach(label -> label(labels, label));
        }
        settings.mode().ifPresent(mode -> file.put("mode", mode.word()));
        file.put("temperature", settings.temperature());
        settings.threshold().ifPresent(threshold -> file.put("threshold", threshold));
        ObjectNode thresholds = file.putObject("thresholds");
        new TreeMap<>(settings.thresholds()).forEach(thresholds::put);
        adapter.base().ifPresent(base -> file.put("base_digest", base));
        return file;
    }

    private static void label(ArrayNode labels, CandidateLabel label) {
        if (label.description() == null) {
            labels.add(label.name());
        } else {
            labels.addObject().put("name", label.name()).put("description", label.description());
        }
    }

    private static byte[] pretty(JsonNode json) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }
}
