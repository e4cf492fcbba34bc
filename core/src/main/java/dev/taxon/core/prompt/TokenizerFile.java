package dev.taxon.core.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A tokenizer.json, taken apart: the reserved ids, which Taxon inserts itself, and what remains for strings of users, in
 * which no marker is known. Added tokens that are neither special nor markers, such as ModernBERT's runs of spaces,
 * belong to users' text and stay.
 *
 * @param plainJson the tokenizer without reserved tokens, post-processor, truncation and padding
 * @param innerJson the same for what stands after a marker, which some tokenizers treat unlike a whole string's beginning
 * @param reserved ids of special tokens and markers by their content, such as {@code [CLS]}
 * @param unknown id of the unknown token, or -1 when the tokenizer has none
 */
record TokenizerFile(String plainJson, String innerJson, Map<String, Integer> reserved, int unknown) {
    /** Reserved whether or not the file calls them special: a GLiClass tokenizer lists its markers as plain. */
    private static final Set<String> ALWAYS_RESERVED = Set.of(
            "[CLS]",
            "[SEP]",
            "[PAD]",
            "[MASK]",
            "[UNK]",
            "<<LABEL>>",
            "<<SEP>>",
            "<<EXAMPLE>>",
            "<</EXAMPLE>>",
            "<<TRUE_LABEL>>",
            "<<FALSE_LABEL>>");

    private static final JsonMapper MAPPER = new JsonMapper();

    TokenizerFile {
        reserved = Map.copyOf(reserved);
    }

    static TokenizerFile parse(byte[] json) {
        try {
            if (!(MAPPER.readTree(json) instanceof ObjectNode root)
                    || !root.path("model").isObject()) {
                throw new CheckpointException("tokenizer.json is not a tokenizer; save the model's tokenizer again.");
            }
            Map<String, Integer> reserved = reserved(root.path("added_tokens"));
            int unknown = unknown(root.path("model"), reserved);
            root.set("added_tokens", kept(root));
            root.putNull("post_processor");
            root.putNull("truncation");
            root.putNull("padding");
            String plain = MAPPER.writeValueAsString(root);
            markNoBeginning(root.path("pre_tokenizer"));
            return new TokenizerFile(plain, MAPPER.writeValueAsString(root), reserved, unknown);
        } catch (JsonProcessingException e) {
            throw new CheckpointException("tokenizer.json is not valid JSON.", e);
        } catch (IOException e) {
            throw new CheckpointException("tokenizer.json cannot be read.", e);
        }
    }

    /** Metaspace marks, by its scheme, every piece between markers, none, or the first if it begins the string. */
    private static void markNoBeginning(JsonNode preTokenizer) {
        if (preTokenizer instanceof ObjectNode metaspace
                && "first".equals(metaspace.path("prepend_scheme").textValue())) {
            metaspace.put("prepend_scheme", "never");
        }
        preTokenizer.path("pretokenizers").forEach(TokenizerFile::markNoBeginning);
    }

    /** The id of a reserved token. Throws {@link CheckpointException} when the tokenizer has none of that name. */
    int special(String content) {
        Integer id = reserved.get(content);
        if (id == null) {
            throw new CheckpointException(
                    "tokenizer.json has no added token %s, which the prompt needs.".formatted(content));
        }
        return id;
    }

    private static Map<String, Integer> reserved(JsonNode addedTokens) {
        Map<String, Integer> reserved = new HashMap<>();
        for (JsonNode token : addedTokens) {
            if (!token.path("content").isTextual() || !token.path("id").canConvertToInt()) {
                throw new CheckpointException("tokenizer.json has an added token without content or id.");
            }
            if (isReserved(token)) {
                reserved.put(content(token), token.path("id").intValue());
            }
        }
        return reserved;
    }

    private static boolean isReserved(JsonNode token) {
        return token.path("special").asBoolean() || ALWAYS_RESERVED.contains(content(token));
    }

    private static String content(JsonNode token) {
        return token.path("content").textValue();
    }

    /**
     * The added tokens that stay. The tokenizer numbers those outside its vocabulary in their order and does not look at
     * their ids, so each reserved one before the last that stays leaves a placeholder. A text that spelled one out would
     * get a reserved id, which {@link Tokenizer} reads as unknown.
     */
    private static ArrayNode kept(ObjectNode root) {
        Set<String> vocabulary = vocabulary(root.path("model").path("vocab"));
        ArrayNode kept = MAPPER.createArrayNode();
        int last = 0;
        for (JsonNode token : root.path("added_tokens")) {
            if (!isReserved(token)) {
                kept.add(token);
                last = kept.size();
            } else if (!vocabulary.contains(content(token))) {
                kept.add(placeholder(token));
            }
        }
        while (kept.size() > last) {
            kept.remove(last);
        }
        return kept;
    }

    private static ObjectNode placeholder(JsonNode token) {
        ObjectNode placeholder = token.deepCopy();
        // Private-use characters at both ends: nobody's text.
        return placeholder
                .put("content", "\uE000\uF8FFreserved " + token.path("id").intValue() + "\uF8FF\uE000")
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", false);
    }

    /** An object of ids by token (WordPiece, BPE), or a list of tokens with scores (Unigram). */
    private static Set<String> vocabulary(JsonNode vocab) {
        Set<String> tokens = new HashSet<>();
        vocab.fieldNames().forEachRemaining(tokens::add);
        if (vocab.isArray()) {
            vocab.forEach(entry -> tokens.add(entry.path(0).asText()));
        }
        return tokens;
    }

    private static int unknown(JsonNode model, Map<String, Integer> reserved) {
        if (model.path("unk_id").canConvertToInt()) {
            return model.path("unk_id").intValue();
        }
        String token = model.path("unk_token").asText("");
        return model.path("vocab").path(token).asInt(reserved.getOrDefault(token, -1));
    }
}
