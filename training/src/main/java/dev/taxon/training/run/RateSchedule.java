package dev.taxon.training.run;

/**
 * The factor on the learning rates at each step: a straight line up to 1 over the warm-up, then down towards 0, which
 * the step after the last would have.
 *
 * @param steps steps of the whole run
 * @param warmupShare share of the steps that warm up, in [0, 1)
 */
public record RateSchedule(int steps, double warmupShare, Decay decay) {

    /** The way down. */
    public enum Decay {
        LINEAR,
        /** Half a cosine (Loshchilov and Hutter 2017). */
        COSINE
    }

    public RateSchedule {
        if (steps < 1) {
            throw new IllegalArgumentException("A schedule needs at least 1 step.");
        }
        if (!(warmupShare >= 0 && warmupShare < 1)) {
            throw new IllegalArgumentException("The warm-up's share of the steps lies in [0, 1).");
        }
    }

    /** The factor, in (0, 1], at a step from 1 to {@link #steps}. */
    public double factor(int step) {
        if (step < 1 || step > steps) {
            throw new IllegalArgumentException("Step " + step + " is not one of 1 to " + steps + ".");
        }
        int warmup = (int) Math.floor(steps * warmupShare);
        if (step <= warmup) {
            return (double) step / warmup;
        }
        double done = (double) (step - 1 - warmup) / (steps - warmup);
        return decay == Decay.LINEAR ? 1 - done : (1 + Math.cos(Math.PI * done)) / 2;
    }
}
