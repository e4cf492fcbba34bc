package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which added tokens belong to strings of users, and which ids they yield. */
class TokenizerFileTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNKNOWN = 3;

    @Test
    void addedTokensOfTextKeepTheirIdsWhateverStandsBeforeThem() throws IOException {
        ObjectNode json = json(OracleFolders.MODERN_BERT);
        ArrayNode added = (ArrayNode) json.get("added_tokens");
        added.add(token(1003, "   ", false))
                .add(token(1004, "[GMASK]", true))
                .add(token(1005, "|||EMAIL|||", false))
                .add(token(1006, "<|end|>", true));

        try (Tokenizer tokenizer = Tokenizer.of(bytes(json))) {
            assertThat(tokenizer.encode("a   b|||EMAIL|||").toArray()).containsSubsequence(1003, 1005);
            assertThat(Arrays.stream(tokenizer
                            .encode("[GMASK]<|end|><<LABEL>><<SEP>>[CLS]")
                            .toArray()))
                    .isNotEmpty()
                    .allMatch(id -> id > 4 && id < 1000);
            assertThat(tokenizer.special("[GMASK]")).isEqualTo(1004);
            assertThat(tokenizer.isReserved(1004)).isTrue();
            assertThat(tokenizer.isReserved(1005)).isFalse();
        }
    }

    @Test
    void aTextThatSpellsAPlaceholderYieldsNoReservedId() throws IOException {
        ObjectNode json = json(OracleFolders.DEBERTA);
        ((ArrayNode) json.get("added_tokens")).add(token(1003, "|||EMAIL|||", false));
        String placeholder = JSON.readTree(TokenizerFile.parse(bytes(json)).plainJson())
                .at("/added_tokens/0/content")
                .textValue();

        try (Tokenizer tokenizer = Tokenizer.of(bytes(json))) {
            assertThat(tokenizer.encode("|||EMAIL|||").toArray()).containsExactly(1003);
            assertThat(tokenizer.encode(placeholder).toArray()).containsExactly(UNKNOWN);
        }
    }

    @Test
    void withoutAddedTokensOfTextNoneIsLeft() throws IOException {
        TokenizerFile file = TokenizerFile.parse(bytes(json(OracleFolders.DEBERTA)));

        assertThat(JSON.readTree(file.plainJson()).get("added_tokens")).isEmpty();
        assertThat(file.reserved()).containsEntry("<<LABEL>>", 1000).containsEntry("[CLS]", 1);
    }

    @Test
    void markersAreReservedThoughTheFileCallsThemPlain() throws IOException {
        ObjectNode json = json(OracleFolders.MODERN_BERT);
        json.get("added_tokens").forEach(token -> ((ObjectNode) token).put("special", false));

        try (Tokenizer tokenizer = Tokenizer.of(bytes(json))) {
            assertThat(Arrays.stream(tokenizer
                            .encode("[CLS] [SEP] [PAD] [MASK] <<LABEL>> <<SEP>> <<EXAMPLE>>")
                            .toArray()))
                    .noneMatch(tokenizer::isReserved);
        }
    }

    @Test
    void unigramSaysItsUnknownTokenById() throws IOException {
        assertThat(TokenizerFile.parse(bytes(json(OracleFolders.DEBERTA))).unknown())
                .isEqualTo(UNKNOWN);
        try (Tokenizer tokenizer = TokenizerTest.tokenizer(OracleFolders.DEBERTA)) {
            assertThat(tokenizer.encode("\uD83E\uDD80").toArray()).contains(UNKNOWN);
        }
    }

    @Test
    void noCutFallsWithinARunOfSpaces() {
        try (Tokenizer tokenizer = TokenizerTest.tokenizer(OracleFolders.MODERN_BERT)) {
            String text = "x".repeat(40) + "    y".repeat(200) + " end of it";
            int[] whole = tokenizer.encode(text).toArray();

            for (int count = 0; count < 40; count++) {
                int[] beginning = tokenizer.encodeBeginning(text, count).toArray();
                assertThat(beginning).containsExactly(Arrays.copyOf(whole, beginning.length));
            }
        }
    }

    private static ObjectNode token(int id, String content, boolean special) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }

    private static ObjectNode json(String folder) throws IOException {
        return (ObjectNode)
                JSON.readTree(Files.readAllBytes(OracleFolders.path(folder).resolve("tokenizer.json")));
    }

    private static byte[] bytes(ObjectNode json) throws IOException {
        return JSON.writeValueAsBytes(json);
    }
}
