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
 * Rows a second of the built-in model with and without adapters in the traffic: {@code java -cp
 * "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/AdapterTraffic.java ag_news.jsonl.gz [TURNS]}. Each row
 * has one of 64 adapters with random weights, in calls of 32 rows, no two of which share an adapter, and of 512, as {@code
 * classify --in} takes them, where eight do. The kinds of traffic take turns call by call, so that none of them has the
 * machine at another time than the others.
 */
final class AdapterTraffic {
    private static final int ADAPTERS = 64;
    private static final int ROWS = 512;
    private static final List<Integer> CALLS = List.of(32, ROWS);

    public static void main(String[] arguments) throws Exception {
        var rows = LabelledSets.read(Path.of(arguments[0])).examples();
        int turns = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier classifier = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            Map<String, List<Long>> layers = WeightShapes.linearLayers(checkpoint.config());
            Predicate<String> queryAndValue = layer -> layer.endsWith(".query") || layer.endsWith(".value");
            Map<String, List<EncodedInput>> traffic = new LinkedHashMap<>();
            List<ClassificationInput> plain = rows.stream()
                    .limit(ROWS)
                    .map(row -> ClassificationInput.of(row.text(), row.allLabels()))
                    .toList();
            traffic.put("no adapter", encoded(plain, List.of(), classifier));
            traffic.put("rank 8, query and value", encoded(plain, adapters(layers, queryAndValue, 8), classifier));
            traffic.put("rank 16, every linear and the heads", encoded(plain, adapters(layers, all -> true, 16), classifier));
            for (int call : CALLS) {
                measure(traffic, call, classifier, turns);
            }
        }
    }

    private static void measure(Map<String, List<EncodedInput>> traffic, int call, Classifier classifier, int turns) {
        // Every row once: libtorch prepares its products by their shapes.
        seconds(traffic, call, classifier);
        Map<String, double[]> ratios = new LinkedHashMap<>();
        for (int turn = 0; turn < turns; turn++) {
            Map<String, Double> seconds = seconds(traffic, call, classifier);
            double base = seconds.values().iterator().next();
            for (Map.Entry<String, Double> kind : seconds.entrySet()) {
                ratios.computeIfAbsent(kind.getKey(), unseen -> new double[turns])[turn] = base / kind.getValue();
                System.out.printf(
                        "calls of %3d  %-36s %7.1f rows/s  %.3f%n",
                        call, kind.getKey(), ROWS / kind.getValue(), base / kind.getValue());
            }
        }
        ratios.forEach((kind, each) -> {
            Arrays.sort(each);
            System.out.printf("median, calls of %3d  %-36s %.3f%n", call, kind, each[turns / 2]);
        });
    }

    /** What each kind of traffic takes for all of its rows. */
    private static Map<String, Double> seconds(
            Map<String, List<EncodedInput>> traffic, int call, Classifier classifier) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (int first = 0; first < ROWS; first += call) {
            for (Map.Entry<String, List<EncodedInput>> kind : traffic.entrySet()) {
                long start = System.nanoTime();
                classifier.score(kind.getValue().subList(first, first + call));
                seconds.merge(kind.getKey(), (System.nanoTime() - start) / 1e9, Double::sum);
            }
        }
        return seconds;
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
