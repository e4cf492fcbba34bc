package dev.taxon.core.torch;

/**
 * The rate of a product from the least times of several turns, as others may be using the machine. Not thread-safe.
 */
final class ProductRate {
    static final int FEW = 2;
    static final int MANY = 10;

    private double few = Double.POSITIVE_INFINITY;
    private double many = Double.POSITIVE_INFINITY;

    /** Another turn: seconds of few products and of many. */
    void add(double secondsOfFew, double secondsOfMany) {
        few = Math.min(few, secondsOfFew);
        many = Math.min(many, secondsOfMany);
    }

    /**
     * Products a second. What both do beside products cancels out; where the machine was so busy that many took no longer
     * than few, that is left in, and the rate is too low rather than without bounds.
     */
    double aSecond() {
        double seconds = many - few;
        return seconds > many / MANY ? (MANY - FEW) / seconds : MANY / many;
    }
}
