package dev.taxon.core.checkpoint;

/** Reads {@code encoder_config}, by its {@code model_type}, and what the backbones have in common. */
final class EncoderReader {
    private static final int LARGEST_SIZE = 1 << 17;
    private static final int MOST_LAYERS = 1000;

    private EncoderReader() {}

    static EncoderConfig read(JsonFile encoder) {
        return switch (encoder.string("model_type", "absent")) {
            case "bert" -> BertReader.read(encoder);
            case "modernbert" -> ModernBertReader.read(encoder);
            default -> throw encoder.unsupported("model_type", "bert and modernbert");
        };
    }

    static int vocabulary(JsonFile encoder) {
        return encoder.integer("vocab_size", 1, 1 << 24);
    }

    static int hidden(JsonFile encoder) {
        return encoder.integer("hidden_size", 1, LARGEST_SIZE);
    }

    static int layers(JsonFile encoder) {
        return encoder.integer("num_hidden_layers", 1, MOST_LAYERS);
    }

    static int heads(JsonFile encoder, int hidden) {
        int heads = encoder.integer("num_attention_heads", 1, hidden);
        if (hidden % heads != 0) {
            throw encoder.wrong("num_attention_heads", "a divisor of hidden_size " + hidden);
        }
        return heads;
    }

    static int intermediate(JsonFile encoder) {
        return encoder.integer("intermediate_size", 1, LARGEST_SIZE);
    }

    static double epsilon(JsonFile encoder, String key, double whenAbsent) {
        double epsilon = encoder.number(key, whenAbsent);
        if (!(epsilon > 0 && epsilon < 1)) {
            throw encoder.wrong(key, "between 0 and 1");
        }
        return epsilon;
    }
}
