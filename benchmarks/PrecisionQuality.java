import dev.taxon.core.Classification;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.LabelScore;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.torch.Precision;
import dev.taxon.models.BuiltInModels;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.core.Mode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a precision costs in quality: the built-in model's answers on evaluation sets, beside those of fp32.
 *
 * <p>Usage: {@code java -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/PrecisionQuality.java
 * FOLDER ROWS PRECISION...}: the first ROWS rows of each set.
 */
final class PrecisionQuality {
    private static final double NEAR = 0.02;

    /** How a set's answers differ from those of fp32. */
    private record Agreement(long probabilities, long near, long rows, long sameBest, double f1, double f1Fp32) {
        static Agreement of(List<Example> rows, List<Scored> answers, List<Scored> exact) {
            long probabilities = 0;
            long near = 0;
            long same = 0;
            for (int row = 0; row < rows.size(); row++) {
                Map<String, Double> expected = exact.get(row).scores().stream()
                        .collect(Collectors.toMap(LabelScore::label, LabelScore::score));
                for (LabelScore score : answers.get(row).scores()) {
                    probabilities++;
                    near += Math.abs(score.score() - expected.get(score.label())) <= NEAR ? 1 : 0;
                }
                same += best(answers.get(row)).equals(best(exact.get(row))) ? 1 : 0;
            }
            return new Agreement(probabilities, near, rows.size(), same, macroF1(rows, answers), macroF1(rows, exact));
        }

        private static String best(Scored answer) {
            return answer.scores().get(0).label();
        }

        private static double macroF1(List<Example> rows, List<Scored> answers) {
            List<Judged> judged = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                judged.add(Judged.of(rows.get(row), List.of(best(answers.get(row)))));
            }
            return Objects.requireNonNull(Metrics.of(Mode.SINGLE_LABEL, judged).macroF1());
        }

        Agreement plus(Agreement other) {
            return new Agreement(
                    probabilities + other.probabilities,
                    near + other.near,
                    rows + other.rows,
                    sameBest + other.sameBest,
                    f1 + other.f1,
                    f1Fp32 + other.f1Fp32);
        }

        void print(String name, String precision, int sets) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %.3f%% | %.2f%% | %.4f | %.4f | %+.4f |%n",
                    name,
                    precision,
                    rows,
                    100.0 * near / probabilities,
                    100.0 * sameBest / rows,
                    f1Fp32 / sets,
                    f1 / sets,
                    (f1 - f1Fp32) / sets);
        }
    }

    public static void main(String[] arguments) throws Exception {
        int limit = Integer.parseInt(arguments[1]);
        List<Path> files = LabelledSets.files(List.of(Path.of(arguments[0])));
        List<List<Example>> sets = new ArrayList<>();
        for (Path file : files) {
            sets.add(LabelledSets.read(file).examples().stream().limit(limit).toList());
        }
        List<List<Scored>> exact = answers(sets, Precision.FP32);
        System.out.println("| set | precision | rows | within 0.02 | same best | macro F1 fp32 | macro F1 | difference |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int number = 2; number < arguments.length; number++) {
            List<List<Scored>> found = answers(sets, Precision.valueOf(arguments[number].toUpperCase(Locale.ROOT)));
            Agreement all = new Agreement(0, 0, 0, 0, 0, 0);
            for (int set = 0; set < sets.size(); set++) {
                Agreement own = Agreement.of(sets.get(set), found.get(set), exact.get(set));
                own.print(LabelledSets.nameOf(files.get(set)), arguments[number], 1);
                all = all.plus(own);
            }
            all.print("**all**", arguments[number], sets.size());
        }
    }

    private static List<List<Scored>> answers(List<List<Example>> sets, Precision precision) {
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Classifier classifier =
                        Classifiers.open(checkpoint, EngineOptions.defaults().withPrecision(precision))) {
            return sets.stream().map(set -> scored(classifier, set)).toList();
        }
    }

    private static List<Scored> scored(Classifier classifier, List<Example> set) {
        List<ClassificationInput> inputs = set.stream()
                .map(row -> ClassificationInput.of(row.text(), row.allLabels()))
                .toList();
        List<Scored> scored = new ArrayList<>();
        for (Classification answer : classifier.classify(inputs)) {
            scored.add((Scored) answer);
        }
        return scored;
    }
}
