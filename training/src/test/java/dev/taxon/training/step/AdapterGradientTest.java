package dev.taxon.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.TorchProgram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradient of a supervised step against differences of a loss that is worked out by hand from the model's scores, on
 * real checkpoints in single precision: of downs and ups, in the encoder and in what stands on it, the largest entries.
 */
class AdapterGradientTest {
    private static final int ENTRIES_OF_A_KIND = 3;
    private static final List<String> LABELS = List.of("sports", "politics", "cooking");
    private static final List<String> TEXTS =
            List.of("The striker scored twice.", "Parliament passed the bill.", "Simmer the sauce for an hour.");

    /** A number of a tensor that learns. */
    private record Entry(int tensor, int place, double gradient) {}

    /**
     * What is held against each other.
     *
     * @param stride of the differences: short where a kink of a rectifier lies near
     * @param tolerance by the largest gradient among the entries of a kind; the shorter the stride, the more rounding
     */
    private record Case(
            Checkpoint checkpoint, AdapterTrainer trainer, HandWorkedLoss loss, double stride, double tolerance) {}

    @ParameterizedTest
    @CsvSource({
        "bert-simple-first, 0.02, 0.001, -1, 0, 0.1, 1",
        "bert-simple-first, 0.02, 0.001, 0.3, 2, 1, 0.5",
        "deberta-mlp-first, 0.001, 0.01, -1, 0, 1, 1",
        "modernbert-mlp-first, 0.001, 0.01, -1, 0, 1, 1",
        "taxon-small, 0.02, 0.005, -1, 0, 1, 1",
    })
    void theGradientIsThatOfTheLoss(
            String model,
            double stride,
            double tolerance,
            double focalAlpha,
            double focalGamma,
            double binaryWeight,
            double softmaxWeight) {
        HandWorkedLoss loss = new HandWorkedLoss(focalAlpha, focalGamma, binaryWeight, softmaxWeight);
        try (Checkpoint checkpoint = SmallModels.open(model);
                AdapterTrainer trainer =
                        AdapterTrainer.load(checkpoint, SmallModels.everyLayer(checkpoint), Precision.FP32)) {
            holds(new Case(checkpoint, trainer, loss, stride, tolerance));
        }
    }

    private static void holds(Case one) {
        List<AdapterBatch.Row> rows = rows(one.checkpoint());
        List<float[]> weights = begin(one.trainer());
        List<float[]> gradients = gradients(one.trainer(), rows, one.loss());
        double missed = 0;
        for (List<Entry> kind : kinds(one.checkpoint(), gradients)) {
            double largest = kind.stream()
                    .mapToDouble(entry -> Math.abs(entry.gradient()))
                    .max()
                    .orElseThrow();
            assertThat(largest).isGreaterThan(1e-3);
            double[] differences = differences(one, weights, kind, rows);
            assertThat(gap(kind, 1, differences)).isLessThan(one.tolerance() * largest);
            // What this is sharp enough to see: a gradient that is doubled, and a target that is left out.
            assertThat(gap(kind, 2, differences)).isGreaterThan(20 * one.tolerance() * largest);
            missed = Math.max(missed, gap(kind, 1, differences(one, weights, kind, withoutATarget(rows))) / largest);
        }
        assertThat(missed).isGreaterThan(5 * one.tolerance());
    }

    private static double gap(List<Entry> entries, double scale, double[] differences) {
        return IntStream.range(0, differences.length)
                .mapToDouble(entry -> Math.abs(scale * entries.get(entry).gradient() - differences[entry]))
                .max()
                .orElseThrow();
    }

    /** Two rows with one right label each, and one with two. */
    private static List<AdapterBatch.Row> rows(Checkpoint checkpoint) {
        float[][] targets = {{0, 1, 0}, {1, 0, 0}, {1, 0, 1}};
        try (Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            List<AdapterBatch.Row> rows = new ArrayList<>();
            for (int row = 0; row < targets.length; row++) {
                ClassificationInput input = ClassificationInput.of(TEXTS.get(row), LABELS);
                rows.add(new AdapterBatch.Row(prompts.encode(input).rows().get(0), targets[row], row < 2));
            }
            return rows;
        }
    }

    /** The same, but for the last right label of the last row. */
    private static List<AdapterBatch.Row> withoutATarget(List<AdapterBatch.Row> rows) {
        AdapterBatch.Row last = rows.get(2);
        return List.of(rows.get(0), rows.get(1), new AdapterBatch.Row(last.encoded(), new float[] {1, 0, 0}, false));
    }

    /** An adapter in the middle of learning, whose ups are no longer zero; gives its tensors. */
    private static List<float[]> begin(AdapterTrainer trainer) {
        trainer.begin(3);
        List<float[]> weights = tensors(trainer, 0);
        SplittableRandom random = new SplittableRandom(5);
        for (int up = 1; up < weights.size(); up += 2) {
            for (int i = 0; i < weights.get(up).length; i++) {
                weights.get(up)[i] = (float) random.nextDouble(-0.05, 0.05);
            }
        }
        put(trainer, weights);
        return weights;
    }

    /** After a first step that leaves all as it is, the first moments are a tenth of the gradients. */
    private static List<float[]> gradients(AdapterTrainer trainer, List<AdapterBatch.Row> rows, HandWorkedLoss loss) {
        AdapterStepSettings still = new AdapterStepSettings(
                1, 0, 0, 0, 1e30, loss.focalAlpha(), loss.focalGamma(), loss.binaryWeight(), loss.softmaxWeight());
        StepResult result = trainer.step(new AdapterBatch(rows), still);
        List<float[]> moments = tensors(trainer, 1);
        double squares = 0;
        for (float[] moment : moments) {
            for (int i = 0; i < moment.length; i++) {
                moment[i] *= 10;
                squares += (double) moment[i] * moment[i];
            }
        }
        assertThat(Math.sqrt(squares)).isCloseTo(result.gradientNorm(), withPercentage(0.1));
        return moments;
    }

    /** Downs and ups of the encoder, then of what stands on it: of the tensors with the largest, the largest each. */
    private static List<List<Entry>> kinds(Checkpoint checkpoint, List<float[]> gradients) {
        List<String> layers =
                List.copyOf(SmallModels.everyLayer(checkpoint).ranks().keySet());
        return Stream.of(0, 1, 2, 3)
                .map(kind -> IntStream.range(0, gradients.size())
                        .filter(tensor -> tensor % 2 == kind % 2)
                        .filter(tensor -> layers.get(tensor / 2).startsWith("model.encoder_model.") == kind < 2)
                        .mapToObj(tensor -> largest(tensor, gradients.get(tensor)))
                        .sorted(Comparator.comparingDouble(entry -> -Math.abs(entry.gradient())))
                        .limit(ENTRIES_OF_A_KIND)
                        .toList())
                .toList();
    }

    private static Entry largest(int tensor, float[] gradient) {
        int place = IntStream.range(0, gradient.length)
                .reduce((best, other) -> Math.abs(gradient[other]) > Math.abs(gradient[best]) ? other : best)
                .orElseThrow();
        return new Entry(tensor, place, gradient[place]);
    }

    /** By the central differences of fourth order. */
    private static double[] differences(
            Case one, List<float[]> weights, List<Entry> entries, List<AdapterBatch.Row> rows) {
        double[] differences = new double[entries.size()];
        for (int i = 0; i < differences.length; i++) {
            float[] tensor = weights.get(entries.get(i).tensor());
            int place = entries.get(i).place();
            float before = tensor[place];
            double[] losses = new double[5];
            for (int step : new int[] {-2, -1, 1, 2}) {
                tensor[place] = (float) (before + step * one.stride());
                put(one.trainer(), weights);
                losses[step + 2] = one.loss().of(one.trainer().score(new AdapterBatch(rows).encoded()), rows);
            }
            tensor[place] = before;
            differences[i] = (losses[0] - 8 * losses[1] + 8 * losses[3] - losses[4]) / (12 * one.stride());
        }
        put(one.trainer(), weights);
        return differences;
    }

    /** Weights (0), or first moments (1), downs and ups in turn. */
    private static List<float[]> tensors(AdapterTrainer trainer, int part) {
        try (NDManager manager = trainer.program().newManager()) {
            List<NDArray> all = trainer.tensors(manager);
            int count = all.size() / 3;
            return all.subList(part * count, (part + 1) * count).stream()
                    .map(NDArray::toFloatArray)
                    .toList();
        }
    }

    private static void put(AdapterTrainer trainer, List<float[]> weights) {
        try (NDManager manager = trainer.program().newManager()) {
            List<NDArray> tensors = new ArrayList<>(trainer.tensors(manager));
            for (int tensor = 0; tensor < weights.size(); tensor++) {
                tensors.set(
                        tensor,
                        manager.create(weights.get(tensor), tensors.get(tensor).getShape()));
            }
            trainer.program().invoke("restore", TorchProgram.listed(tensors)).close();
        }
    }
}
