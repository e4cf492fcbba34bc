package dev.taxon.core.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A tokenizer.json, taken apart: the special ids, which Taxon inserts itself, and what remains for strings of users,
 * in which no marker is known.
 *
 * @param plainJson the tokenizer without added tokens, post-processor, truncation and padding
 * @param specials ids of added tokens by their content, such as {@code [CLS]}
 * @param unknown id of the unknown token, or -1 when the tokenizer has none
 */
record TokenizerFile(String plainJson, Map<String, Integer> specials, int unknown) {
    private static final JsonMapper MAPPER = new JsonMapper();

    TokenizerFile {
        specials = Map.copyOf(specials);
    }

    static TokenizerFile parse(byte[] json) {
        try {
            if (!(MAPPER.readTree(json) instanceof ObjectNode root)
                    || !root.path("model").isObject()) {
                throw new CheckpointException("tokenizer.json is not a tokenizer; save the model's tokenizer again.");
            }
            Map<String, Integer> specials = specials(root.path("added_tokens"));
            int unknown = unknown(root.path("model"), specials);
            root.putArray("added_tokens");
            root.putNull("post_processor");
            root.putNull("truncation");
            root.putNull("padding");
            return new TokenizerFile(MAPPER.writeValueAsString(root), specials, unknown);
        } catch (JsonProcessingException e) {
            throw new CheckpointException("tokenizer.json is not valid JSON.", e);
        } catch (IOException e) {
            throw new CheckpointException("tokenizer.json cannot be read.", e);
        }
    }

    /** The id of a special token. Throws {@link CheckpointException} when the tokenizer has none of that name. */
    int special(String content) {
        Integer id = specials.get(content);
        if (id == null) {
            throw new CheckpointException(
                    "tokenizer.json has no added token %s, which the prompt needs.".formatted(content));
        }
        return id;
    }

    private static Map<String, Integer> specials(JsonNode addedTokens) {
        Map<String, Integer> specials = new HashMap<>();
        for (JsonNode token : addedTokens) {
            if (!token.path("content").isTextual() || !token.path("id").canConvertToInt()) {
                throw new CheckpointException("tokenizer.json has an added token without content or id.");
            }
            specials.put(token.path("content").textValue(), token.path("id").intValue());
        }
        return specials;
    }

    private static int unknown(JsonNode model, Map<String, Integer> specials) {
        String token = model.path("unk_token").asText("");
        return model.path("vocab").path(token).asInt(specials.getOrDefault(token, -1));
    }
}
