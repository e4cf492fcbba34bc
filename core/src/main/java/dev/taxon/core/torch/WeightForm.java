package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;

/**
 * The form that an encoder's weights take when a model is loaded ({@code linear.py}). Laid out for oneDNN's products these
 * are 5 to 25% faster; only bf16 gains by it, and not every processor can.
 */
enum WeightForm {
    PLAIN("plain"),
    PACKED("packed"),
    INT8("int8");

    private final String key;

    WeightForm(String key) {
        this.key = key;
    }

    /** The programs' word for it. */
    String key() {
        return key;
    }

    private static final class Tried {
        static final boolean WORKS = works();
    }

    /**
     * Of the products around attention. Whole numbers are not for them: in int8 their rounding moves one answer in a hundred
     * more than that of feed-forward products, which are twice as much work.
     */
    static WeightForm ofAttention(Precision precision, Device device) {
        boolean bf16 = precision == Precision.BF16 || precision == Precision.INT8;
        return bf16 && !device.isGpu() && Tried.WORKS ? PACKED : PLAIN;
    }

    /** Of the products of feed-forward layers. */
    static WeightForm ofFeedForward(Precision precision, Device device) {
        return precision == Precision.INT8 ? INT8 : ofAttention(precision, device);
    }

    /** One small product: libtorch says whether it can only by failing. */
    private static boolean works() {
        try (ProductTimer timer = new ProductTimer(Precision.BF16, PACKED, Device.cpu())) {
            timer.seconds(1);
            return true;
        } catch (EngineException unsupported) {
            return false;
        }
    }
}
