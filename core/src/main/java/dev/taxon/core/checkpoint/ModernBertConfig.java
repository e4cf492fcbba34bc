package dev.taxon.core.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a ModernBERT encoder, which the ettin encoders share.
 *
 * @param namedPositions what the configuration says of positions; they are rotary, so that nothing depends on it
 * @param attention which layers see how far
 * @param biases which weights have a bias
 */
public record ModernBertConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        int namedPositions,
        double layerNormEpsilon,
        int padTokenId,
        Attention attention,
        Biases biases)
        implements EncoderConfig {

    /**
     * Global and local attention.
     *
     * @param local of each layer, whether it sees a window alone
     * @param reach tokens that a window holds on either side of one
     * @param globalTheta base of the rotary positions' wavelengths where a layer sees whole rows
     * @param localTheta the same where it sees a window
     */
    public record Attention(List<Boolean> local, int reach, double globalTheta, double localTheta) {
        public Attention {
            local = List.copyOf(local);
        }
    }

    /**
     * Which weights have a bias.
     *
     * @param norm those of all norms
     * @param attention those of the products around attention
     * @param feedForward those of the products of the feed-forward part
     */
    public record Biases(boolean norm, boolean attention, boolean feedForward) {}

    @Override
    public int positions() {
        return UNLIMITED_POSITIONS;
    }

    @Override
    public Map<String, Integer> integers() {
        Map<String, Integer> integers = new LinkedHashMap<>();
        integers.put("intermediate", intermediateSize);
        integers.put("reach", attention.reach());
        for (int layer = 0; layer < layers; layer++) {
            integers.put("local." + layer, attention.local().get(layer) ? 1 : 0);
        }
        return integers;
    }

    @Override
    public Map<String, Double> numbers() {
        return Map.of("global_theta", attention.globalTheta(), "local_theta", attention.localTheta());
    }
}
