package dev.taxon.training.policy;

import dev.taxon.training.sampling.Randomness;
import java.util.List;

/**
 * What a value head ({@code value.py}) starts with: random units under a second layer of zeros, so that it expects nothing
 * at first and then learns.
 *
 * @param features its inputs: the text feature's size and three that the policy tells of itself
 * @param units of its hidden layer
 */
public record ValueHead(int features, int units) {
    private static final long PURPOSE = 0x76616C7565L;

    /**
     * One of its tensors.
     *
     * @param name known to the optimiser by this name; the order of {@link #parameters} is that of {@code value.py}
     * @param values row by row
     */
    public record Parameter(String name, long[] shape, float[] values) {}

    /** Over text features [rows, size], with 32 units. */
    public static ValueHead over(int textFeatures) {
        return new ValueHead(textFeatures + 3, 32);
    }

    public ValueHead {
        if (features < 1 || units < 1) {
            throw new IllegalArgumentException("A value head has at least one feature and one unit.");
        }
    }

    /** Its tensors at the start, which depend on the seed alone. */
    public List<Parameter> parameters(long seed) {
        return List.of(
                new Parameter("value.0.weight", new long[] {features, units}, spread(seed)),
                new Parameter("value.0.bias", new long[] {units}, new float[units]),
                new Parameter("value.2.weight", new long[] {units, 1}, new float[units]),
                new Parameter("value.2.bias", new long[] {1}, new float[1]));
    }

    /** Uniform with variance 1 / features, so that a unit's input has the variance of a feature. */
    private float[] spread(long seed) {
        Randomness random = Randomness.of(seed, PURPOSE);
        double reach = Math.sqrt(3.0 / features);
        float[] values = new float[features * units];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (reach * (2 * random.nextDouble() - 1));
        }
        return values;
    }
}
