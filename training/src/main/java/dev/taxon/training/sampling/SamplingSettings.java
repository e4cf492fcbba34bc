package dev.taxon.training.sampling;

import dev.taxon.training.Setting;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How rows and labels are drawn.
 *
 * @param seed everything random follows from it and the step number
 * @param temperature sets are drawn in proportion to size to this power: 1 as large as they are, 0 all alike
 * @param weights factors on top, by set name; sets not named have 1
 * @param excluded names of sets that are not drawn at all
 * @param batch how rows share a step
 * @param labels how labels are shown to a row
 */
public record SamplingSettings(
        long seed,
        double temperature,
        Map<String, Double> weights,
        Set<String> excluded,
        BatchShape batch,
        LabelChoice labels) {

    public SamplingSettings {
        Setting.require(temperature >= 0 && temperature <= 1, "temperature", "temperature lies between 0 and 1.");
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        excluded = Collections.unmodifiableSet(new TreeSet<>(excluded));
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            Setting.require(
                    weight.getValue() > 0 && Double.isFinite(weight.getValue()),
                    "weight",
                    "the weight of " + weight.getKey() + " must be positive; use exclude to leave a set out.");
        }
    }

    public static SamplingSettings defaults(long seed) {
        return new SamplingSettings(seed, 0.5, Map.of(), Set.of(), BatchShape.defaults(), LabelChoice.defaults());
    }

    /**
     * How rows share a step.
     *
     * @param setsPerBatch the most sets a batch is drawn from, so that its labels recur
     * @param tokenBudget the most padded text tokens of a batch, and tokens of labels that a row shares with no
     *     other
     * @param maxRows the most rows of a batch
     * @param roundRows rows that are drawn together and sorted by length before they are cut into batches
     */
    public record BatchShape(int setsPerBatch, int tokenBudget, int maxRows, int roundRows) {
        public BatchShape {
            Setting.require(setsPerBatch >= 1, "sets_per_batch", "sets per batch must be at least 1.");
            Setting.require(
                    tokenBudget >= setsPerBatch && tokenBudget <= 65_536,
                    "token_budget",
                    "the token budget must be at least the sets per batch, and at most 65536.");
            Setting.require(
                    maxRows >= setsPerBatch && maxRows <= 512,
                    "batch_rows",
                    "the most rows of a batch must be at least the sets per batch, and at most 512.");
            Setting.require(
                    roundRows >= maxRows && roundRows <= 1_000_000,
                    "round_rows",
                    "the rows of a round must be at least the most rows of a batch, and at most 1000000.");
        }

        public static BatchShape defaults() {
            return new BatchShape(2, 1024, 32, 8192);
        }
    }

    /**
     * How labels are shown to a row: its true ones among others of its set, in random order.
     *
     * @param maxLabels the most labels a row sees
     * @param labelPool the most distinct labels of one set in a batch, save that true ones always have a place
     * @param fewerLabels share of rows that see a random number of labels from 2 to the most, few more often than
     *     many (log-uniform)
     * @param templates patterns with {@code {label}} in them, one of which a batch may use
     * @param templateShare share of rows whose labels are put into the batch's template
     */
    public record LabelChoice(
            int maxLabels, int labelPool, double fewerLabels, List<String> templates, double templateShare) {
        static final String PLACE = "{label}";

        public LabelChoice {
            templates = List.copyOf(templates);
            Setting.require(maxLabels >= 2 && maxLabels <= 1_000, "max_labels", "a row sees 2 to 1000 labels.");
            Setting.require(
                    labelPool >= maxLabels && labelPool <= 10_000,
                    "label_pool",
                    "the label pool must be at least the most labels of a row, and at most 10000.");
            Setting.require(
                    fewerLabels >= 0 && fewerLabels <= 1,
                    "fewer_labels",
                    "the share of rows with fewer labels lies between 0 and 1.");
            Setting.require(
                    templateShare >= 0 && templateShare <= 1,
                    "template_share",
                    "the share of rows with a template lies between 0 and 1.");
            Setting.require(
                    templates.stream().allMatch(template -> template.contains(PLACE)),
                    "template",
                    "a template contains {label}.");
            Setting.require(
                    templateShare == 0 || !templates.isEmpty(),
                    "template",
                    "a share of rows with a template needs a template.");
        }

        public static LabelChoice defaults() {
            return new LabelChoice(32, 48, 0.25, List.of(), 0);
        }
    }
}
