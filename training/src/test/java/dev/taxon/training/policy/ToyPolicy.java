package dev.taxon.training.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.TorchProgram;
import dev.taxon.training.policy.RowAction.Sampled;
import dev.taxon.training.policy.RowAction.Taken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole policy, small ({@code toy_policy.py}): logits are features times weights, over three labels; the right labels of
 * a row are those whose feature is 1.
 */
final class ToyPolicy implements PolicyModel<float[][]>, AutoCloseable {
    static final List<String> LABELS = List.of("a", "b", "c");
    private static final int WIDTH = LABELS.size();

    private final TorchProgram program;
    private final NDManager manager;
    private final boolean single;
    private boolean valueHead = true;
    private int acts;
    private double[] lastRewards = {};
    private double[] lastAdvantages = {};

    ToyPolicy(long seed) {
        this(seed, false);
    }

    ToyPolicy(long seed, boolean single) {
        this.single = single;
        List<ValueHead.Parameter> value = ValueHead.over(WIDTH).parameters(seed);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("names", value.stream().map(ValueHead.Parameter::name).collect(Collectors.joining("\n")));
        for (String state : List.of(
                "state", "value", "start", "features", "own", "single", "actions", "old", "reference", "told")) {
            attributes.put(state, ScriptArchive.NONE);
        }
        program = TorchProgram.load(
                new ScriptArchive("toy_policy", PolicyProbe.sources("toy_policy"), attributes), Device.cpu());
        manager = program.newManager();
        NDList arguments = new NDList();
        for (ValueHead.Parameter one : value) {
            NDArray tensor = manager.create(one.values(), new Shape(one.shape()));
            tensor.setName("value." + one.name());
            arguments.add(tensor);
        }
        arguments.add(manager.zeros(new Shape(WIDTH, WIDTH)));
        program.callTraining(manager, "prepare", arguments);
    }

    /** Rows of which each has its features from its number. */
    static float[][] features(int rows) {
        float[][] features = new float[rows][WIDTH];
        for (int row = 0; row < rows; row++) {
            for (int label = 0; label < WIDTH; label++) {
                features[row][label] = (row + 1 >> label) % 2 == 1 ? 1 : -1;
            }
        }
        return features;
    }

    static List<PolicyRow> rows(int rows) {
        float[][] features = features(rows);
        return IntStream.range(0, rows)
                .mapToObj(row -> new PolicyRow(
                        "toy.jsonl, line " + (row + 1),
                        LABELS,
                        false,
                        new Judgement.Truth(IntStream.range(0, WIDTH)
                                .filter(label -> features[row][label] == 1)
                                .mapToObj(LABELS::get)
                                .collect(Collectors.toSet())),
                        Optional.<Set<String>>empty()))
                .toList();
    }

    ToyPolicy withoutValueHead() {
        valueHead = false;
        return this;
    }

    int acts() {
        return acts;
    }

    double[] lastRewards() {
        return lastRewards;
    }

    double[] lastAdvantages() {
        return lastAdvantages;
    }

    double[][] weights() {
        float[] numbers = program.call(manager, "weights").toFloatArray();
        double[][] weights = new double[WIDTH][WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            weights[i / WIDTH][i % WIDTH] = numbers[i];
        }
        return weights;
    }

    @Override
    public Acted act(float[][] batch, List<RowAction> actions) {
        acts++;
        double[][] uniform = new double[batch.length][WIDTH];
        double[][] taken = new double[batch.length][WIDTH];
        float[] isTaken = new float[batch.length];
        for (int row = 0; row < batch.length; row++) {
            if (actions.get(row) instanceof Sampled sampled) {
                uniform[row] = sampled.uniform();
            } else {
                taken[row] = ((Taken) actions.get(row)).chosen();
                isTaken[row] = 1;
            }
        }
        long[] counts = new long[batch.length];
        Arrays.fill(counts, WIDTH);
        float[] singles = new float[batch.length];
        Arrays.fill(singles, single ? 1 : 0);
        NDList arguments = new NDList(
                manager.create(batch),
                manager.create(counts),
                manager.create(singles),
                matrix(uniform),
                matrix(taken),
                manager.create(isTaken));
        double[] found = program.callTraining(manager, "act", arguments).toDoubleArray();
        return acted(found, batch.length);
    }

    private NDArray matrix(double[][] numbers) {
        return manager.create(
                Arrays.stream(numbers).flatMapToDouble(Arrays::stream).toArray(), new Shape(numbers.length, WIDTH));
    }

    private Acted acted(double[] found, int rows) {
        List<double[]> chosen = new ArrayList<>();
        double[] values = new double[valueHead ? rows : 0];
        for (int row = 0; row < rows; row++) {
            int start = row * (WIDTH + 1);
            chosen.add(Arrays.copyOfRange(found, start, start + WIDTH));
            if (valueHead) {
                values[row] = found[start + WIDTH];
            }
        }
        return new Acted(chosen, values);
    }

    @Override
    public Improvement improve(double[] advantages, double[] rewards, PolicySettings settings, int update) {
        lastRewards = rewards;
        lastAdvantages = advantages;
        double[] numbers = {
            update,
            settings.rates().heads(),
            settings.rates().value(),
            settings.clip(),
            settings.terms().entropy(),
            settings.terms().divergence()
        };
        NDList arguments = new NDList(manager.create(advantages), manager.create(rewards), manager.create(numbers));
        double[] found = program.callTraining(manager, "improve", arguments).toDoubleArray();
        return new Improvement(found[0], found[1], found[2], found[3], found[4], valueHead ? found[5] : 0);
    }

    @Override
    public void close() {
        manager.close();
        program.close();
    }

    /** A policy whose improvements are told to another. */
    record Watched(ToyPolicy policy, Consumer<Improvement> watcher) implements PolicyModel<float[][]> {
        @Override
        public Acted act(float[][] batch, List<RowAction> actions) {
            return policy.act(batch, actions);
        }

        @Override
        public Improvement improve(double[] advantages, double[] rewards, PolicySettings settings, int update) {
            Improvement improvement = policy.improve(advantages, rewards, settings, update);
            watcher.accept(improvement);
            return improvement;
        }
    }
}
