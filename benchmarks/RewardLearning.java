import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Classifiers;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.Machines;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.Metrics;
import dev.taxon.training.supervised.SupervisedTask;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.adapter.SupervisedJob;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.adapter.AdapterTraining;
import dev.taxon.training.adapter.RewardedJob;
import dev.taxon.training.ppo.RewardedTask;
import dev.taxon.training.ppo.RewardedSettings;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.supervised.Validation;
import dev.taxon.training.policy.Answer;
import dev.taxon.training.policy.CostMatrix;
import dev.taxon.training.policy.Judgement.Truth;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.RewardSettings;
import dev.taxon.training.policy.Rewards;
import dev.taxon.training.run.Extent;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What learning from a scalar reward per answer is worth, beside other uses of as many answers; docs/ppo.md has the table.
 *
 * <pre>
 * java -cp ... benchmarks/RewardLearning.java FILE.jsonl.gz RESULTS.jsonl key=value...   appends a line a seed
 * java -cp ... benchmarks/RewardTable.java RESULTS.jsonl                                 paired, with intervals
 * </pre>
 *
 * Keys: seeds=1,2,3 start=32 pool=256 test=300 epochs=2 cost=0|N (single-label with N as the cost of missing the rarest
 * label) rate= kl= entropy= inner= batch= arms=ppo,filtered,full.
 */
final class RewardLearning {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> options;
    private final Checkpoint checkpoint;
    private final Classifier classifier;
    private final Precision precision = Machines.forTraining();

    private RewardLearning(Map<String, String> options, Checkpoint checkpoint, Classifier classifier) {
        this.options = options;
        this.checkpoint = checkpoint;
        this.classifier = classifier;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        Stream.of(arguments).skip(2).map(part -> part.split("=")).forEach(part -> options.put(part[0], part[1]));
        Path file = Path.of(arguments[0]);
        try (Checkpoint checkpoint = Checkpoints.open(Path.of(options.getOrDefault("model", "models/taxon-small")));
                Classifier classifier = Classifiers.open(checkpoint, EngineOptions.defaults())) {
            RewardLearning trial = new RewardLearning(options, checkpoint, classifier);
            for (String seed : options.getOrDefault("seeds", "1,2,3").split(",")) {
                trial.run(file, Long.parseLong(seed), Path.of(arguments[1]));
            }
        }
    }

    /** The parts of the data, none of which shares a row with another. */
    private record Parts(List<Example> start, List<Example> pool, List<Example> test) {}

    private void run(Path file, long seed, Path results) throws Exception {
        List<Example> all = new ArrayList<>(LabelledSets.read(file).examples());
        Mode mode = number("cost", 0) > 0 ? Mode.SINGLE_LABEL : Mode.MULTI_LABEL;
        Rewards rewards = rewards(all, mode);
        Collections.shuffle(all, new Random(seed));
        int start = (int) number("start", 32);
        int pool = start + (int) number("pool", 256);
        int test = pool + (int) number("test", 300);
        Parts parts = new Parts(all.subList(0, start), all.subList(start, pool), all.subList(pool, test));

        Adapter begun = supervised(parts.start(), mode, Optional.empty(), seed);
        List<String> arms = List.of(options.getOrDefault("arms", "ppo,filtered,full").split(","));
        ObjectNode line = JSON.createObjectNode().put("set", name(file)).put("seed", seed);
        line.put("settings", options.toString()).put("precision", precision.toString());
        ObjectNode figures = line.putObject("arms");
        figures.set("model alone", figures(parts.test(), Optional.empty(), mode, rewards));
        figures.set("start", figures(parts.test(), Optional.of(begun), mode, rewards));
        if (arms.contains("ppo")) {
            long began = System.nanoTime();
            Adapter learned = rewarded(parts, mode, rewards, begun, seed);
            figures.set("ppo", figures(parts.test(), Optional.of(learned), mode, rewards));
            line.put("ppo_seconds", (System.nanoTime() - began) / 1e9);
        }
        if (arms.contains("filtered")) {
            List<Example> earned = fullyRewarded(parts.pool(), begun, mode, rewards, seed);
            line.put("answers_with_full_reward", earned.size());
            Optional<Adapter> learned =
                    earned.isEmpty() ? Optional.of(begun) : Optional.of(supervised(earned, mode, Optional.of(begun), seed));
            figures.set("full reward only", figures(parts.test(), learned, mode, rewards));
        }
        if (arms.contains("full")) {
            Adapter learned = supervised(parts.pool(), mode, Optional.of(begun), seed);
            figures.set("full labels", figures(parts.test(), Optional.of(learned), mode, rewards));
        }
        System.out.println(line);
        Files.writeString(results, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String name(Path file) {
        return file.getFileName().toString().split("\\.")[0];
    }

    /** F1; with costs, minus 1 for an error and minus more for missing the rarest label. */
    private Rewards rewards(List<Example> all, Mode mode) {
        if (mode == Mode.MULTI_LABEL) {
            return RewardSettings.defaults().rewards(Optional.empty());
        }
        List<String> labels = all.get(0).allLabels();
        Map<String, Long> counts =
                all.stream().collect(Collectors.groupingBy(row -> row.trueLabels().get(0), Collectors.counting()));
        String rarest = labels.stream().min(Comparator.comparing(label -> counts.getOrDefault(label, 0L))).orElseThrow();
        Map<String, Map<String, Double>> costs = new TreeMap<>();
        for (String truth : labels) {
            Map<String, Double> row = new TreeMap<>();
            labels.forEach(answer ->
                    row.put(answer, answer.equals(truth) ? 0 : truth.equals(rarest) ? number("cost", 5) : 1));
            costs.put(truth, row);
        }
        return RewardSettings.parse("cost=1").rewards(Optional.of(new CostMatrix(costs)));
    }

    private Adapter supervised(List<Example> rows, Mode mode, Optional<Adapter> start, long seed) throws Exception {
        SupervisedSettings defaults = SupervisedDefaults.of(rows.size(), rows.get(0).allLabels().size(), mode, seed);
        SupervisedSettings settings = new SupervisedSettings(
                defaults.size(),
                defaults.rates(),
                defaults.loss(),
                new SupervisedSettings.Schedule(
                        (int) number("supervised_epochs", defaults.schedule().epochs()),
                        defaults.schedule().batchRows(),
                        defaults.schedule().batchTokens()),
                new SupervisedSettings.Candidates(64, 0.5, 0),
                new Validation.Skipped(),
                seed);
        SupervisedJob job = new SupervisedJob(SupervisedTask.of(rows, mode), settings, null, start, Map.of());
        Path out = Files.createTempDirectory("supervised");
        new AdapterTraining(job, checkpoint, precision, event -> {}, new StopSignal()).run(out, false);
        return classifier.readAdapter(out.resolve("adapter"));
    }

    private Adapter rewarded(Parts parts, Mode mode, Rewards rewards, Adapter start, long seed) throws Exception {
        PolicySettings defaults = PolicySettings.defaults();
        double rate = number("rate", defaults.rates().encoder());
        PolicySettings settings = new PolicySettings(
                (int) number("batch", defaults.batchRows()),
                (int) number("inner", defaults.iterations()),
                number("clip", defaults.clip()),
                new PolicySettings.Terms(
                        number("entropy", defaults.terms().entropy()), number("kl", defaults.terms().divergence())),
                new PolicySettings.Rates(rate, rate, number("value_rate", defaults.rates().value())),
                defaults.baseline(),
                defaults.limit());
        RewardedSettings own = new RewardedSettings(
                settings,
                rewards,
                new Extent.Rows((long) (parts.pool().size() * number("epochs", 2))),
                AdapterSize.defaults(),
                RewardedSettings.DEFAULT_BATCH_TOKENS,
                seed);
        RewardedTask task = RewardedTask.ofParts(parts.pool(), parts.test().subList(0, 50), mode);
        RewardedJob job = new RewardedJob(task, own, null, Optional.of(start), Map.of());
        Path out = Files.createTempDirectory("rewarded");
        new AdapterTraining(job, checkpoint, precision, RewardLearning::tell, new StopSignal()).run(out, false);
        return classifier.readAdapter(out.resolve("adapter"));
    }

    private static void tell(TrainingEvent event) {
        if (event instanceof TrainingEvent.Rewarded step) {
            System.err.printf(
                    Locale.ROOT,
                    "  step %d reward %.3f divergence %.4f entropy %.3f clipped %.3f value loss %.3f%n",
                    step.step(), step.reward(), step.divergence(), step.entropy(), step.clipFraction(), step.valueLoss());
        } else if (event instanceof TrainingEvent.Warned warned) {
            System.err.println("  " + warned.message());
        }
    }

    /** As many answers as PPO gives, drawn from the policy that it starts as; those that earned the most there is. */
    private List<Example> fullyRewarded(List<Example> pool, Adapter start, Mode mode, Rewards rewards, long seed) {
        Random random = new Random(seed);
        double most = mode == Mode.MULTI_LABEL ? 1 : 0;
        List<float[]> logits = logits(pool, Optional.of(start), mode);
        List<Example> earned = new ArrayList<>();
        for (int epoch = 0; epoch < number("epochs", 2); epoch++) {
            for (int row = 0; row < pool.size(); row++) {
                Example example = pool.get(row);
                List<String> answer = drawn(example.allLabels(), logits.get(row), mode, random);
                if (rewards.of(answer(example, answer)) >= most) {
                    earned.add(new Example(example.text(), example.allLabels(), answer));
                }
            }
        }
        return earned;
    }

    private static List<String> drawn(List<String> labels, float[] logits, Mode mode, Random random) {
        if (mode == Mode.MULTI_LABEL) {
            return IntStream.range(0, logits.length)
                    .filter(label -> random.nextDouble() < 1 / (1 + Math.exp(-logits[label])))
                    .mapToObj(labels::get)
                    .toList();
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - logits[0]);
        }
        double left = random.nextDouble() * sum;
        int chosen = 0;
        while (chosen < logits.length - 1 && (left -= Math.exp(logits[chosen] - logits[0])) > 0) {
            chosen++;
        }
        return List.of(labels.get(chosen));
    }

    private static Answer answer(Example example, List<String> chosen) {
        return new Answer("row", Set.copyOf(chosen), new Truth(Set.copyOf(example.trueLabels())));
    }

    private List<float[]> logits(List<Example> rows, Optional<Adapter> adapter, Mode mode) {
        List<ClassificationInput> inputs = rows.stream()
                .map(row -> ClassificationInput.of(row.text(), row.allLabels()))
                .map(input -> adapter.map(one -> input.withAdapter(one.reference())).orElse(input))
                .toList();
        List<float[]> logits = new ArrayList<>();
        for (Classification answer : classifier.classify(inputs)) {
            List<Float> own = ((Classification.Scored) answer).logits();
            float[] row = new float[own.size()];
            for (int label = 0; label < row.length; label++) {
                row[label] = own.get(label);
            }
            logits.add(row);
        }
        return logits;
    }

    /** Of the surest answers: labels above one half, or the best one. Nothing is calibrated. */
    private ObjectNode figures(List<Example> rows, Optional<Adapter> adapter, Mode mode, Rewards rewards) {
        List<float[]> logits = logits(rows, adapter, mode);
        List<Judged> judged = new ArrayList<>();
        double reward = 0;
        for (int row = 0; row < rows.size(); row++) {
            Example example = rows.get(row);
            List<String> answer = surest(example.allLabels(), logits.get(row), mode);
            reward += rewards.of(answer(example, answer)) / rows.size();
            judged.add(new Judged(example.allLabels(), example.trueLabels(), answer));
        }
        Metrics metrics = Metrics.of(mode, judged);
        return JSON.createObjectNode()
                .put("reward", reward)
                .put("macro_f1", metrics.macroF1())
                .put("micro_f1", metrics.microF1())
                .put("accuracy", metrics.accuracy());
    }

    private static List<String> surest(List<String> labels, float[] logits, Mode mode) {
        if (mode == Mode.MULTI_LABEL) {
            return IntStream.range(0, logits.length).filter(label -> logits[label] > 0).mapToObj(labels::get).toList();
        }
        int best = IntStream.range(0, logits.length).reduce((a, b) -> logits[b] > logits[a] ? b : a).orElseThrow();
        return List.of(labels.get(best));
    }

    private double number(String key, double otherwise) {
        return options.containsKey(key) ? Double.parseDouble(options.get(key)) : otherwise;
    }
}
