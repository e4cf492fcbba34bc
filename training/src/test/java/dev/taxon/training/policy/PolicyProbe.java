package dev.taxon.training.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.taxon.core.torch.ScriptArchive;
import dev.taxon.core.torch.ScriptArchive.Source;
import dev.taxon.core.torch.TorchProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The functions of {@code policy.py} and {@code value.py}, called one by one through {@code policy_probe.py}. */
final class PolicyProbe implements AutoCloseable {
    private final TorchProgram program = TorchProgram.load(
            new ScriptArchive("policy_probe", sources("policy_probe"), Map.of("value", ScriptArchive.NONE)),
            Device.cpu());
    private final NDManager manager = program.newManager();

    static List<Source> sources(String main) {
        return Stream.of("losses", "adamw", "policy", "value", main)
                .map(Source::of)
                .toList();
    }

    double[][] sample(Decisions rows, double[][] uniform) {
        return matrix(call("sample", rows, matrix(uniform)));
    }

    double[][] logProbability(Decisions rows, double[][] actions) {
        return matrix(call("log_probability", rows, matrix(actions)));
    }

    double[][] entropy(Decisions rows) {
        return matrix(call("entropy", rows));
    }

    double[][] divergence(Decisions rows, double[][] reference) {
        return matrix(call("divergence", rows, matrix(reference)));
    }

    float[] confidence(Decisions rows) {
        return call("confidence", rows).toFloatArray();
    }

    /** Ratios, and after them surrogates. */
    double[][] surrogate(Decisions rows, double[][] old, double[][] actions, double[] advantages, double clip) {
        NDArray both =
                call("surrogate", rows, matrix(old), matrix(actions), manager.create(advantages), manager.create(clip));
        return matrix(both.reshape(-1, both.getShape().get(2)));
    }

    /** The loss, what is recorded beside it, and its gradient by the logits. */
    Loss loss(
            Decisions rows,
            double[][] old,
            double[][] reference,
            double[][] actions,
            double[] advantages,
            double... settings) {
        NDArray result = call(
                "loss",
                rows,
                matrix(old),
                matrix(reference),
                matrix(actions),
                manager.create(advantages),
                manager.create(settings));
        double[] found = result.toDoubleArray();
        return new Loss(
                found[0],
                Arrays.copyOfRange(found, 1, 4),
                split(Arrays.copyOfRange(found, 4, found.length), rows.logits()[0].length));
    }

    /**
     * What a loss is.
     *
     * @param figures entropy, divergence and clip fraction
     */
    record Loss(double loss, double[] figures, double[][] gradient) {}

    void prepareValue(ValueHead head, long seed) {
        NDArray[] tensors = head.parameters(seed).stream()
                .map(one -> manager.create(one.values(), new Shape(one.shape())))
                .toArray(NDArray[]::new);
        program.callTraining(manager, "prepare", new NDList(tensors));
    }

    float[] values(float[][] features) {
        return call("values", manager.create(features)).toFloatArray();
    }

    float[] features(float[][] text, Decisions rows) {
        return call("features", manager.create(text), matrix(rows.logits()), counts(rows), single(rows))
                .toFloatArray();
    }

    /** The squared error before the step. */
    float learn(float[][] features, double[] rewards, int step, double rate) {
        return call(
                        "learn",
                        manager.create(features),
                        manager.create(rewards),
                        manager.create((float) step),
                        manager.create(rate))
                .getFloat();
    }

    private NDArray call(String method, Decisions rows, NDArray... more) {
        NDArray[] all = Stream.concat(Stream.of(matrix(rows.logits()), counts(rows), single(rows)), Arrays.stream(more))
                .toArray(NDArray[]::new);
        return call(method, all);
    }

    private NDArray call(String method, NDArray... arguments) {
        return program.callTraining(manager, method, new NDList(arguments));
    }

    private NDArray counts(Decisions rows) {
        return manager.create(rows.counts());
    }

    private NDArray single(Decisions rows) {
        return manager.create(rows.single());
    }

    private NDArray matrix(double[][] numbers) {
        return manager.create(
                Arrays.stream(numbers).flatMapToDouble(Arrays::stream).toArray(),
                new Shape(numbers.length, numbers[0].length));
    }

    private static double[][] matrix(NDArray found) {
        NDArray exact = found.toType(DataType.FLOAT64, false);
        return split(exact.toDoubleArray(), Math.toIntExact(found.getShape().get(1)));
    }

    private static double[][] split(double[] numbers, int width) {
        double[][] rows = new double[numbers.length / width][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(numbers, row * width, (row + 1) * width));
        return rows;
    }

    @Override
    public void close() {
        manager.close();
        program.close();
    }
}
