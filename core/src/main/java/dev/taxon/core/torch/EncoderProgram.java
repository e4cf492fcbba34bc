package dev.taxon.core.torch;

import dev.taxon.core.checkpoint.BertConfig;
import dev.taxon.core.checkpoint.DebertaConfig;
import dev.taxon.core.checkpoint.EncoderConfig;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.torch.ScriptArchive.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the programs that run an encoder have in common: the sources, of which the backbone's is known as {@code encoder},
 * and the attributes that describe the model. Every backbone's source has the same functions, so that a layout is
 * written once for all of them.
 *
 * @param layersApart in how many of the last layers some tokens ask and all answer, so that queries are computed apart
 *     from keys and values; a layout in which only the last layer is cut short has one
 */
public record EncoderProgram(ModelConfig config, int layersApart) {
    private static final List<String> SHARED =
            List.of("packing", "lora", "batch", "whole", "linear", "rotary", "exponentials", "attention");

    /** An archive whose module can be trained: weights stay as they are. */
    public ScriptArchive trainable(
            String main, List<String> sources, Precision precision, Map<String, Object> attributes) {
        Map<String, Object> all = common(precision);
        all.putAll(attributes);
        return new ScriptArchive(main, allSources(sources), all);
    }

    /** An archive whose module is only read, so that its weights may be laid out for the device. */
    public ScriptArchive archive(String main, List<String> sources, WeightForms forms, Map<String, Object> attributes) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        all.putAll(forms.attributes());
        return trainable(main, sources, forms.precision(), all);
    }

    private static String backbone(EncoderConfig encoder) {
        if (encoder instanceof BertConfig) {
            return "bert";
        }
        return encoder instanceof DebertaConfig ? "deberta" : "modernbert";
    }

    private List<Source> allSources(List<String> sources) {
        List<Source> all = new ArrayList<>();
        SHARED.forEach(name -> all.add(Source.of(name)));
        all.add(new Source("encoder", backbone(config.encoder())));
        sources.forEach(name -> all.add(Source.of(name)));
        return all;
    }

    private Map<String, Object> common(Precision precision) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dtype", precision.scalarType());
        attributes.put("integers", integers());
        attributes.put("numbers", numbers());
        attributes.put("targets", targets());
        return attributes;
    }

    private Map<String, Integer> integers() {
        EncoderConfig encoder = config.encoder();
        Map<String, Integer> integers = new LinkedHashMap<>(encoder.integers());
        integers.put("layers", encoder.layers());
        integers.put("layers_apart", layersApart);
        integers.put("heads", encoder.heads());
        integers.put("linear_layers", WeightShapes.linearLayers(config).size());
        integers.put("encoder_targets", WeightShapes.encoderLinearLayers(config));
        return integers;
    }

    private Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>(config.encoder().numbers());
        numbers.put("layer_norm_epsilon", config.encoder().layerNormEpsilon());
        return numbers;
    }

    /** Numbers of the linear layers, by which adapters know them. */
    private Map<String, Integer> targets() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        WeightShapes.linearLayers(config).keySet().forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }
}
