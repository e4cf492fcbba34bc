import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What RewardLearning.java wrote, as docs/ppo.md shows it: means over seeds, and of the difference to the start the 95%
 * interval of Student's t.
 *
 * <p>Usage: {@code java -cp ... benchmarks/RewardTable.java RESULTS.jsonl}
 */
final class RewardTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        Map<String, List<JsonNode>> bySet = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            JsonNode run = JSON.readTree(line);
            bySet.computeIfAbsent(run.get("set").asText(), set -> new ArrayList<>()).add(run);
        }
        System.out.println("| set | seeds | learned by | reward | change of reward | macro F1 | change of macro F1 | exact |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        bySet.forEach((set, runs) -> runs.get(0).get("arms").fieldNames().forEachRemaining(arm -> System.out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %.3f | %s | %.3f | %s | %.3f |%n",
                set, runs.size(), arm,
                mean(of(runs, arm, "reward")), change(runs, arm, "reward"),
                mean(of(runs, arm, "macro_f1")), change(runs, arm, "macro_f1"), mean(of(runs, arm, "accuracy")))));
    }

    private static double[] of(List<JsonNode> runs, String arm, String figure) {
        return runs.stream().mapToDouble(run -> run.at("/arms/" + arm + "/" + figure).asDouble()).toArray();
    }

    private static double mean(double[] numbers) {
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).average().orElse(Double.NaN);
    }

    private static String change(List<JsonNode> runs, String arm, String figure) {
        double[] own = of(runs, arm, figure);
        double[] start = of(runs, "start", figure);
        double[] changes = IntStream.range(0, own.length).mapToDouble(i -> own[i] - start[i]).toArray();
        double mean = mean(changes);
        if (arm.equals("start")) {
            return "";
        }
        if (changes.length < 2) {
            return String.format(Locale.ROOT, "%+.3f", mean);
        }
        double squares = IntStream.range(0, changes.length).mapToDouble(i -> Math.pow(changes[i] - mean, 2)).sum();
        double[] quantiles = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};
        double half = quantiles[changes.length - 2] * Math.sqrt(squares / (changes.length - 1) / changes.length);
        return String.format(Locale.ROOT, "%+.3f (%+.3f to %+.3f)", mean, mean - half, mean + half);
    }
}
