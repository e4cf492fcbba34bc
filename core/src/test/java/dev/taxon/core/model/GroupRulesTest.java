package dev.taxon.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.RemadeAdapters;
import dev.taxon.core.TinyModels;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a device's rules group rows, each gets its own adapter: the rules of a GPU, too, on the CPU that is here. */
final class GroupRulesTest {
    private static final float EXACT = 2e-4f;
    private static final float[] FACTORS = {1, -0.5f, 0.25f};
    private static final int ROWS = 18;

    static List<String> adapted() {
        return OracleFolders.names().stream()
                .filter(folder -> !OracleFolders.adapterNames(folder).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("adapted")
    void answersAreTheSameByAllRules(String folder) {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(folder));
                Classifier reader = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            for (String name : OracleFolders.adapterNames(folder)) {
                assertTheSame(checkpoint, reader.readAdapter(OracleFolders.adapter(folder, name)));
            }
        }
    }

    /** Whose labels have adapters, too. */
    @Test
    void answersAreTheSameWithLateMixing(@TempDir Path folder) {
        TinyModels.write(folder, Map.of());
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
            WeightShapes.linearLayers(checkpoint.config())
                    .forEach((layer, shape) -> updates.put(
                            layer, update(shape.get(0).intValue(), shape.get(1).intValue())));
            assertTheSame(checkpoint, new Adapter("drawn", AdapterSettings.NONE, updates, Optional.empty()));
        }
    }

    private static LowRankUpdate update(int out, int in) {
        Random random = new Random(31L * out + in);
        return new LowRankUpdate(12, in, out, numbers(random, 12 * in), numbers(random, 12 * out), null);
    }

    private static FloatBuffer numbers(Random random, int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        for (int i = 0; i < count; i++) {
            numbers.put(i, (float) random.nextGaussian() / 20);
        }
        return numbers;
    }

    private static void assertTheSame(Checkpoint checkpoint, Adapter adapter) {
        List<float[]> onCpu = logits(checkpoint, adapter, GroupRules.OF_CPU);
        List<float[]> onGpu = logits(checkpoint, adapter, GroupRules.OF_GPU);
        for (int row = 0; row < ROWS; row++) {
            assertNear(onGpu.get(row), onCpu.get(row));
        }
    }

    /** Rows of three adapters and of none, of which each has enough for a run, and whose lengths are mixed. */
    private static List<float[]> logits(Checkpoint checkpoint, Adapter adapter, GroupRules rules) {
        List<ResidentAdapter> resident = new ArrayList<>();
        try (ScoringModel model = ScoringModels.load(checkpoint, Precision.FP32, Device.cpu(), rules, 1 << 20)) {
            for (float factor : FACTORS) {
                resident.add(
                        model.prepareAdapter(RemadeAdapters.changed(adapter, layer -> true, value -> factor * value)));
            }
            List<EncodedRow> encoded = encoded(checkpoint);
            return model.logits(IntStream.range(0, ROWS)
                    .mapToObj(row -> new Row(encoded.get(row), of(row, resident)))
                    .toList());
        } finally {
            resident.forEach(ResidentAdapter::close);
        }
    }

    private static Optional<ResidentAdapter> of(int row, List<ResidentAdapter> resident) {
        int number = row % (FACTORS.length + 1);
        return number < FACTORS.length ? Optional.of(resident.get(number)) : Optional.empty();
    }

    private static List<EncodedRow> encoded(Checkpoint checkpoint) {
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            return IntStream.range(0, ROWS)
                    .mapToObj(row -> "the cat sat on the mat ".repeat(1 + (row * 5) % ROWS))
                    .map(text -> prompts.encode(ClassificationInput.of(text, List.of("animals", "weather")))
                            .rows()
                            .get(0))
                    .toList();
        }
    }

    private static void assertNear(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int label = 0; label < expected.length; label++) {
            assertThat(found[label]).isCloseTo(expected[label], within(EXACT * Math.max(1, Math.abs(expected[label]))));
        }
    }
}
