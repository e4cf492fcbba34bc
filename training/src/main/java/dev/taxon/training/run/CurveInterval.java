package dev.taxon.training.run;

import dev.taxon.training.step.StepResult;

/** Gathers the steps between two points of the curve. Not thread-safe. */
final class CurveInterval {
    private int steps;
    private long rows;
    private double loss;
    private long correct;
    private double gradientNorm;

    void add(StepResult result, int stepRows) {
        steps++;
        rows += stepRows;
        loss += result.loss();
        correct += result.correct();
        gradientNorm = Math.max(gradientNorm, result.gradientNorm());
    }

    boolean isEmpty() {
        return steps == 0;
    }

    /** The point that ends here; the next interval begins. */
    CurvePoint close(RunProgress progress, double rate) {
        CurvePoint point = new CurvePoint(
                progress.step(),
                progress.rowsSeen(),
                loss / steps,
                progress.smoothedLoss(),
                (double) correct / rows,
                gradientNorm,
                rate,
                progress.seconds());
        steps = 0;
        rows = 0;
        loss = 0;
        correct = 0;
        gradientNorm = 0;
        return point;
    }
}
