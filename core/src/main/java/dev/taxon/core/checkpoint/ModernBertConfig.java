package dev.taxon.core.checkpoint;

import java.util.List;

/**
 * The shape of a ModernBERT encoder.
 *
 * @param local for each layer whether its tokens see a window only
 * @param reach how far a token of a local layer sees to either side
 * @param globalTheta base of the rotary frequencies where a layer sees all
 * @param localTheta base of the rotary frequencies of local layers
 * @param attentionBias whether attention's linear layers have biases
 * @param feedForwardBias whether the feed-forward's linear layers have biases
 * @param normBias whether norms have biases
 */
public record ModernBertConfig(
        int vocabularySize,
        int hiddenSize,
        int heads,
        int intermediateSize,
        int positions,
        double layerNormEpsilon,
        int padTokenId,
        List<Boolean> local,
        int reach,
        double globalTheta,
        double localTheta,
        boolean attentionBias,
        boolean feedForwardBias,
        boolean normBias)
        implements EncoderConfig {

    public ModernBertConfig {
        local = List.copyOf(local);
    }

    @Override
    public int layers() {
        return local.size();
    }
}
