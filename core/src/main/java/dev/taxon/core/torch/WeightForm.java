package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;

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

    /** One small packed product: libtorch says whether it can only by failing. */
    private static boolean works() {
        ScriptArchive archive = new ScriptArchive(
                "product", List.of(ScriptArchive.Source.of("product")), Map.of("dtype", Precision.BF16.scalarType()));
        try (TorchProgram program = TorchProgram.load(archive, Device.cpu());
                NDManager manager = program.newManager()) {
            Shape square = new Shape(64, 64);
            program.call(manager, "multiply_packed", manager.ones(square), manager.ones(square));
            return true;
        } catch (EngineException unsupported) {
            return false;
        }
    }
}
