import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts a second of real traffic, tokenising included, in batches as they come; run by {@code real_traffic.py}, which writes the
 * rows and runs the reference beside it: {@code java RealTraffic.java CHECKPOINT ROWS.jsonl PRECISION BATCH}.
 */
final class RealTraffic {
    private static final int TURNS = 3;

    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        List<ClassificationInput> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            JsonNode row = json.readTree(line);
            List<String> labels = new ArrayList<>();
            row.get("labels").forEach(label -> labels.add(label.asText()));
            rows.add(ClassificationInput.of(row.get("text").asText(), labels));
        }
        int size = Integer.parseInt(arguments[3]);
        EngineOptions options = EngineOptions.defaults().withPrecision(Precision.valueOf(arguments[2]));
        try (Checkpoint checkpoint = Checkpoints.open(Path.of(arguments[0]));
                Classifier classifier = Classifiers.open(checkpoint, options)) {
            pass(classifier, rows.subList(0, rows.size() / 2), size);
            List<Double> rates = new ArrayList<>();
            for (int turn = 0; turn < TURNS; turn++) {
                rates.add(pass(classifier, rows, size));
            }
            rates.sort(null);
            System.out.printf(Locale.ROOT, "%.2f%n", rates.get(TURNS / 2));
        }
    }

    private static double pass(Classifier classifier, List<ClassificationInput> rows, int size) {
        long start = System.nanoTime();
        for (int first = 0; first < rows.size(); first += size) {
            classifier.classify(rows.subList(first, Math.min(rows.size(), first + size)));
        }
        return rows.size() / ((System.nanoTime() - start) / 1e9);
    }
}
