package dev.taxon.core.torch;

import ai.djl.Device;
import java.util.Map;

/** What a program's encoder computes in: the element type of its products and the forms that its weights take. */
public final class WeightForms {
    private final Precision precision;
    private final WeightForm attention;
    private final WeightForm feedForward;

    private WeightForms(Precision precision, WeightForm attention, WeightForm feedForward) {
        this.precision = precision;
        this.attention = attention;
        this.feedForward = feedForward;
    }

    /** What is fastest on a device, for a model that is only read. */
    public static WeightForms on(Device device, Precision precision) {
        return new WeightForms(
                precision, WeightForm.ofAttention(precision, device), WeightForm.ofFeedForward(precision, device));
    }

    /** Weights as they are, which autograd knows its way through. */
    public static WeightForms plain(Precision precision) {
        return new WeightForms(precision, WeightForm.PLAIN, WeightForm.PLAIN);
    }

    Precision precision() {
        return precision;
    }

    /** The attributes by which programs know. */
    Map<String, Object> attributes() {
        return Map.of("form", attention.key(), "feed_forward", feedForward.key());
    }
}
