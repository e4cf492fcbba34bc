import dev.taxon.core.CacheStatistics;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.models.BuiltInModels;
import dev.taxon.training.data.LabelledSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ten thousand adapters on disk (rank 4 on query and value, each with weights of its own), traffic by Zipf's law (s = 1), and
 * room for 512 of them on the device, beside the same traffic with room for all; then what a cold adapter's first answer
 * takes more than a warm one's.
 *
 * <p>Usage: {@code java -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/ZipfAdapters.java
 * ag_news.jsonl.gz FOLDER [SECONDS]}; FOLDER takes about 1 GB.
 */
final class ZipfAdapters {
    private static final int ADAPTERS = 10_000;
    private static final int RESIDENT = 512;
    private static final int RANK = 4;
    private static final int BATCH = 32;
    private static final int TURNS = 3;

    public static void main(String[] arguments) throws Exception {
        List<ClassificationInput> rows = LabelledSets.read(Path.of(arguments[0])).examples().stream()
                .map(row -> ClassificationInput.of(row.text(), row.allLabels()))
                .toList();
        Path folder = Path.of(arguments[1]);
        double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 10;
        write(folder);
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall()) {
            long bytes = bytesOfOne(checkpoint, folder);
            try (Classifier few = open(checkpoint, RESIDENT * bytes);
                    Classifier all = open(checkpoint, (ADAPTERS + 1) * bytes)) {
                List<String> digests = digests(few, folder);
                List<AdapterReference> ofFew = references(few, folder, digests);
                List<AdapterReference> ofAll = references(all, folder, digests);
                // Everything resident, and both warm.
                ofAll.forEach(adapter -> all.encode(rows.get(0).withAdapter(adapter)));
                traffic(few, ofFew, rows, 3, 1);
                traffic(all, ofAll, rows, 3, 1);
                compare(few, ofFew, all, ofAll, rows, seconds);
                coldStarts(few, ofFew, rows);
            }
        }
    }

    private static void compare(
            Classifier few,
            List<AdapterReference> ofFew,
            Classifier all,
            List<AdapterReference> ofAll,
            List<ClassificationInput> rows,
            double seconds) {
        double[] ratios = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            double whole = traffic(all, ofAll, rows, seconds, turn);
            CacheStatistics before = few.adapterStatistics();
            double cached = traffic(few, ofFew, rows, seconds, turn);
            CacheStatistics after = few.adapterStatistics();
            long hits = after.hits() - before.hits();
            long misses = after.misses() - before.misses();
            ratios[turn] = cached / whole;
            System.out.printf(
                    Locale.ROOT,
                    "all resident %.1f rows/s; %d resident %.1f rows/s, ratio %.3f, hits %.1f%%, %.1f MB loaded a second%n",
                    whole,
                    after.entries(),
                    cached,
                    ratios[turn],
                    100.0 * hits / (hits + misses),
                    (after.bytesLoaded() - before.bytesLoaded()) / seconds / 1e6);
        }
        Arrays.sort(ratios);
        System.out.printf(Locale.ROOT, "median ratio %.3f%n", ratios[TURNS / 2]);
    }

    /** Rows a second, encoding (and loading of adapters) on the thread that asks, as a server does. */
    private static double traffic(
            Classifier classifier,
            List<AdapterReference> adapters,
            List<ClassificationInput> rows,
            double seconds,
            int seed) {
        Zipf zipf = new Zipf(adapters.size(), seed);
        long start = System.nanoTime();
        int done = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            List<EncodedInput> batch = new ArrayList<>();
            for (int row = 0; row < BATCH; row++) {
                ClassificationInput input = rows.get((done + row) % rows.size());
                batch.add(classifier.encode(input.withAdapter(adapters.get(zipf.next()))));
            }
            classifier.score(batch);
            done += BATCH;
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private static void coldStarts(Classifier few, List<AdapterReference> adapters, List<ClassificationInput> rows) {
        double[] cold = new double[100];
        double[] warm = new double[cold.length];
        for (int number = 0; number < cold.length; number++) {
            // The rarest, which are not resident; each once.
            ClassificationInput input = rows.get(number).withAdapter(adapters.get(adapters.size() - 1 - number));
            cold[number] = milliseconds(few, input);
            warm[number] = milliseconds(few, input);
        }
        Arrays.sort(cold);
        Arrays.sort(warm);
        System.out.printf(
                Locale.ROOT,
                "first answer of a cold adapter: median %.1f ms, 95%% %.1f ms; of a warm one: median %.1f ms, 95%% %.1f ms%n",
                cold[50],
                cold[95],
                warm[50],
                warm[95]);
    }

    private static double milliseconds(Classifier classifier, ClassificationInput input) {
        long start = System.nanoTime();
        classifier.score(List.of(classifier.encode(input)));
        return (System.nanoTime() - start) / 1e6;
    }

    private static Classifier open(Checkpoint checkpoint, long adapterBytes) {
        return Classifiers.open(checkpoint, EngineOptions.defaults().keeping(adapterBytes, 64L << 20));
    }

    private static long bytesOfOne(Checkpoint checkpoint, Path folder) {
        try (Classifier probe = open(checkpoint, 1L << 30)) {
            probe.encode(ClassificationInput.of("a", List.of("b"))
                    .withAdapter(probe.readAdapter(folder.resolve("0")).reference()));
            return probe.adapterStatistics().bytes();
        }
    }

    private static List<String> digests(Classifier classifier, Path folder) {
        return IntStream.range(0, ADAPTERS)
                .mapToObj(number -> classifier
                        .readAdapter(folder.resolve(Integer.toString(number)))
                        .digest())
                .toList();
    }

    /** By digest and place: an adapter's weights are read when it is asked for. */
    private static List<AdapterReference> references(Classifier classifier, Path folder, List<String> digests) {
        return IntStream.range(0, ADAPTERS)
                .mapToObj(number -> new AdapterReference(
                        digests.get(number),
                        AdapterSettings.NONE,
                        () -> classifier.readAdapter(folder.resolve(Integer.toString(number)))))
                .toList();
    }

    private static void write(Path folder) throws IOException {
        if (Files.exists(folder.resolve(Integer.toString(ADAPTERS - 1)))) {
            return;
        }
        System.out.println("writing " + ADAPTERS + " adapters");
        List<String> layers;
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall()) {
            layers = WeightShapes.linearLayers(checkpoint.config()).keySet().stream()
                    .filter(name -> name.endsWith(".query") || name.endsWith(".value"))
                    .toList();
        }
        IntStream.range(0, ADAPTERS).forEach(number -> write(folder.resolve(Integer.toString(number)), layers, number));
    }

    private static void write(Path folder, List<String> layers, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder header = new StringBuilder("{");
        int floats = 0;
        for (String layer : layers) {
            for (String side : List.of("A", "B")) {
                String shape = side.equals("A") ? RANK + ",384" : "384," + RANK;
                header.append(header.length() > 1 ? "," : "")
                        .append("\"base_model.model.%s.lora_%s.weight\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                                .formatted(layer, side, shape, 4 * floats, 4 * (floats + RANK * 384)));
                floats += RANK * 384;
            }
        }
        byte[] head = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + head.length + 4 * floats).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(head.length).put(head);
        for (int number = 0; number < floats; number++) {
            bytes.putFloat((float) random.nextDouble(-0.01, 0.01));
        }
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("adapter_model.safetensors"), bytes.array());
            Files.writeString(
                    folder.resolve("adapter_config.json"),
                    "{\"peft_type\":\"LORA\",\"r\":" + RANK + ",\"lora_alpha\":8,\"target_modules\":[\"query\",\"value\"]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers below a bound, the n-th with a probability in proportion to 1 / n. */
    private static final class Zipf {
        private final double[] cumulative;
        private final SplittableRandom random;

        Zipf(int bound, int seed) {
            cumulative = new double[bound];
            double sum = 0;
            for (int number = 0; number < bound; number++) {
                sum += 1.0 / (number + 1);
                cumulative[number] = sum;
            }
            random = new SplittableRandom(seed);
        }

        int next() {
            int place = Arrays.binarySearch(cumulative, random.nextDouble(cumulative[cumulative.length - 1]));
            return Math.min(cumulative.length - 1, place < 0 ? -place - 1 : place);
        }
    }
}
