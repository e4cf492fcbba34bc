import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.models.BuiltInModels;
import dev.taxon.training.data.LabelledSets;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Rows a second of the built-in model with and without adapters in the traffic, in turns: {@code java -cp
 * "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/AdapterTraffic.java ag_news.jsonl.gz [SECONDS]}. Batches of
 * 32 rows, each row one of 64 adapters with random weights.
 */
final class AdapterTraffic {
    private static final int ADAPTERS = 64;
    private static final int BATCH = 32;
    private static final int TURNS = 5;

    public static void main(String[] arguments) throws Exception {
        var rows = LabelledSets.read(Path.of(arguments[0])).examples();
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 3;
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier classifier = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            Map<String, List<Long>> layers = WeightShapes.linearLayers(checkpoint.config());
            Predicate<String> queryAndValue = layer -> layer.endsWith(".query") || layer.endsWith(".value");
            Map<String, List<EncodedInput>> traffic = new LinkedHashMap<>();
            List<ClassificationInput> plain = rows.stream()
                    .limit(16 * BATCH)
                    .map(row -> ClassificationInput.of(row.text(), row.allLabels()))
                    .toList();
            traffic.put("no adapter", encoded(plain, List.of(), classifier));
            traffic.put("rank 8, query and value", encoded(plain, adapters(layers, queryAndValue, 8), classifier));
            traffic.put("rank 16, every linear and the heads", encoded(plain, adapters(layers, all -> true, 16), classifier));
            measure(traffic, classifier, seconds);
        }
    }

    private static void measure(Map<String, List<EncodedInput>> traffic, Classifier classifier, double seconds) {
        // Every row once: libtorch prepares its products by their shapes.
        traffic.values().forEach(rows -> pass(rows, classifier));
        Map<String, double[]> ratios = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            double base = 0;
            for (Map.Entry<String, List<EncodedInput>> kind : traffic.entrySet()) {
                double rate = rate(kind.getValue(), classifier, seconds);
                base = base == 0 ? rate : base;
                ratios.computeIfAbsent(kind.getKey(), unseen -> new double[TURNS])[turn] = rate / base;
                System.out.printf("%-36s %7.1f rows/s  %.3f%n", kind.getKey(), rate, rate / base);
            }
        }
        ratios.forEach((kind, turns) -> {
            Arrays.sort(turns);
            System.out.printf("median %-36s %.3f%n", kind, turns[TURNS / 2]);
        });
    }

    private static void pass(List<EncodedInput> rows, Classifier classifier) {
        for (int first = 0; first < rows.size(); first += BATCH) {
            classifier.score(rows.subList(first, first + BATCH));
        }
    }

    private static double rate(List<EncodedInput> rows, Classifier classifier, double seconds) {
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            int first = done % rows.size();
            classifier.score(rows.subList(first, first + BATCH));
            done += BATCH;
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private static List<EncodedInput> encoded(
            List<ClassificationInput> inputs, List<AdapterReference> adapters, Classifier classifier) {
        List<EncodedInput> rows = new ArrayList<>();
        for (ClassificationInput input : inputs) {
            rows.add(classifier.encode(
                    adapters.isEmpty() ? input : input.withAdapter(adapters.get(rows.size() % adapters.size()))));
        }
        return rows;
    }

    private static List<AdapterReference> adapters(
            Map<String, List<Long>> layers, Predicate<String> targets, int rank) {
        List<AdapterReference> adapters = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(rank);
        for (int number = 0; number < ADAPTERS; number++) {
            Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
            layers.forEach((layer, shape) -> {
                if (targets.test(layer)) {
                    int out = shape.get(0).intValue();
                    int in = shape.get(1).intValue();
                    updates.put(layer, new LowRankUpdate(
                            rank, in, out, numbers(rank * in, random), numbers(out * rank, random), null));
                }
            });
            adapters.add(new Adapter("adapter-" + rank + "-" + updates.size() + "-" + number, AdapterSettings.NONE, updates, Optional.empty())
                    .reference());
        }
        return adapters;
    }

    private static FloatBuffer numbers(int count, SplittableRandom random) {
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocateDirect(count * Float.BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        FloatBuffer numbers = bytes.asFloatBuffer();
        for (int i = 0; i < count; i++) {
            numbers.put(i, (float) random.nextDouble(-0.01, 0.01));
        }
        return numbers;
    }
}
