package dev.taxon.training.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A point of the loss curve.
 *
 * @param step the last step it covers
 * @param loss mean over the steps since the point before
 * @param correct share of rows whose best label was a true one, since the point before
 * @param gradientNorm the largest before clipping, since the point before
 * @param rate learning rate of the encoder at the step
 * @param seconds time spent training until then
 */
@JsonPropertyOrder({"step", "rows", "loss", "smoothed", "correct", "gradient_norm", "rate", "seconds"})
record CurvePoint(
        int step,
        long rows,
        double loss,
        double smoothed,
        double correct,
        @JsonProperty("gradient_norm") double gradientNorm,
        double rate,
        double seconds) {}
