package dev.taxon.training.run;

/**
 * How far a run has come.
 *
 * @param step steps done
 * @param rowsSeen rows read by them
 * @param smoothedLoss the mean over the first steps, later an exponential average
 * @param seconds time spent training, over all sessions
 */
record RunProgress(int step, long rowsSeen, double smoothedLoss, double seconds) {
    private static final double SMOOTHING = 0.02;

    static RunProgress start() {
        return new RunProgress(0, 0, 0, 0);
    }

    RunProgress after(int rows, double loss, double stepSeconds) {
        double weight = Math.max(SMOOTHING, 1.0 / (step + 1));
        return new RunProgress(
                step + 1, rowsSeen + rows, smoothedLoss + weight * (loss - smoothedLoss), seconds + stepSeconds);
    }
}
