package dev.taxon.core.torch;

import dev.taxon.core.checkpoint.BertConfig;
import dev.taxon.core.checkpoint.DebertaConfig;
import dev.taxon.core.checkpoint.DebertaConfig.Relative;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.ModernBertConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An encoder as its program knows it.
 *
 * @param source the resource that is packed as the module {@code encoder}
 * @param integers whole numbers of its shape by the names the source uses
 * @param numbers other numbers likewise
 */
record Backbone(String source, Map<String, Integer> integers, Map<String, Double> numbers) {

    static Backbone of(EncoderConfig encoder) {
        if (encoder instanceof BertConfig) {
            return new Backbone("bert", common(encoder), Map.of("layer_norm_epsilon", encoder.layerNormEpsilon()));
        }
        if (encoder instanceof DebertaConfig deberta) {
            return deberta(deberta);
        }
        if (encoder instanceof ModernBertConfig modern) {
            return modernBert(modern);
        }
        throw new IllegalArgumentException(
                "no program for " + encoder.getClass().getSimpleName());
    }

    private static Backbone deberta(DebertaConfig encoder) {
        Map<String, Integer> integers = common(encoder);
        integers.put("positions", encoder.absolutePositions());
        integers.put("buckets", encoder.relative().map(Relative::buckets).orElse(0));
        integers.put("farthest", encoder.relative().map(Relative::farthest).orElse(1));
        integers.put("shares_keys", flag(encoder, Relative::sharesKeys));
        integers.put("content_to_position", flag(encoder, Relative::contentToPosition));
        integers.put("position_to_content", flag(encoder, Relative::positionToContent));
        encoder.convolution().ifPresent(convolution -> {
            integers.put("convolution_activation", convolution.activation().ordinal());
            integers.put("convolution_groups", convolution.groups());
        });
        // Contents and both kinds of distances share one softmax.
        int headSize = encoder.hiddenSize() / encoder.heads();
        double scale = 1 / Math.sqrt((double) headSize * (1 + encoder.terms()));
        return new Backbone(
                "deberta", integers, Map.of("layer_norm_epsilon", encoder.layerNormEpsilon(), "scale", scale));
    }

    private static int flag(DebertaConfig encoder, Predicate<Relative> of) {
        return encoder.relative().filter(of).isPresent() ? 1 : 0;
    }

    private static Backbone modernBert(ModernBertConfig encoder) {
        Map<String, Integer> integers = common(encoder);
        integers.put("reach", encoder.reach());
        for (int layer = 0; layer < encoder.layers(); layer++) {
            integers.put("local." + layer, encoder.local().get(layer) ? 1 : 0);
        }
        return new Backbone(
                "modernbert",
                integers,
                Map.of(
                        "layer_norm_epsilon", encoder.layerNormEpsilon(),
                        "global_theta", encoder.globalTheta(),
                        "local_theta", encoder.localTheta()));
    }

    private static Map<String, Integer> common(EncoderConfig encoder) {
        Map<String, Integer> integers = new LinkedHashMap<>();
        integers.put("layers", encoder.layers());
        integers.put("heads", encoder.heads());
        return integers;
    }
}
