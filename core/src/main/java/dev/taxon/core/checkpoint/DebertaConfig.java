package dev.taxon.core.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The shape of a DeBERTa v2 or v3 encoder.
 *
 * @param positions the most tokens of a sequence: absolute positions there are where the input is biased by them, else
 *     as many as any limit allows, since distances know no end
 * @param embeddingSize size of the word vectors, projected to the hidden size where the two differ
 * @param biasedInput whether absolute positions are added to the words
 * @param absolutePositions rows of the position embeddings, if there are any
 * @param tokenTypes rows of the token type embeddings; 0 for none
 * @param relative how attention reads distances; empty where it does not
 * @param terms the kinds of distance scores that are named, c2p and p2c, whether read or not: they enter the scale
 * @param convolution the convolution beside the first layer, if there is one
 */
public record DebertaConfig(
        int vocabularySize,
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        int positions,
        double layerNormEpsilon,
        int padTokenId,
        int embeddingSize,
        boolean biasedInput,
        int absolutePositions,
        int tokenTypes,
        Optional<Relative> relative,
        List<String> terms,
        Optional<Convolution> convolution)
        implements EncoderConfig {
    public DebertaConfig {
        terms = List.copyOf(terms);
    }

    @Override
    public int wordSize() {
        return embeddingSize;
    }

    @Override
    public Map<String, Integer> integers() {
        Map<String, Integer> integers = new LinkedHashMap<>();
        integers.put("positions", absolutePositions);
        integers.put("buckets", relative.map(Relative::buckets).orElse(0));
        integers.put("farthest", relative.map(Relative::farthest).orElse(1));
        integers.put("shares_keys", flag(Relative::sharesKeys));
        integers.put("content_to_position", flag(Relative::contentToPosition));
        integers.put("position_to_content", flag(Relative::positionToContent));
        convolution.ifPresent(beside -> {
            integers.put("convolution_activation", beside.activation().ordinal());
            integers.put("convolution_groups", beside.groups());
        });
        return integers;
    }

    /** The scale of scores: contents and both kinds of distances share one softmax. */
    @Override
    public Map<String, Double> numbers() {
        return Map.of("scale", 1 / Math.sqrt((double) hiddenSize / heads * (1 + terms.size())));
    }

    private int flag(Predicate<Relative> of) {
        return relative.filter(of).isPresent() ? 1 : 0;
    }

    /**
     * Attention by distance.
     *
     * @param buckets logarithmic buckets to either side; 0 for one each distance
     * @param farthest the distance that the last bucket reaches
     * @param normed whether relative embeddings are normed
     * @param sharesKeys whether distances are projected as contents are
     * @param contentToPosition whether queries meet distances
     * @param positionToContent whether keys meet distances
     */
    public record Relative(
            int buckets,
            int farthest,
            boolean normed,
            boolean sharesKeys,
            boolean contentToPosition,
            boolean positionToContent) {

        /** Distances to either side that have an embedding of their own. */
        public int span() {
            return buckets > 0 ? buckets : farthest;
        }
    }

    /** A convolution of so many neighbouring tokens. */
    public record Convolution(int kernel, int groups, Activation activation) {
        /** What follows the convolution; the ordinals are what {@code deberta.py} knows. */
        public enum Activation {
            TANH,
            GELU,
            RELU
        }
    }
}
