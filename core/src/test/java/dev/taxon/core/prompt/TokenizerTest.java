package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.TinyCheckpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenizerTest {

    @Test
    void readsLoneSurrogatesAsTheReplacementCharacter() {
        assertThat(Tokenizer.replaceLoneSurrogates("a\uD800b")).isEqualTo("a\uFFFDb");
        assertThat(Tokenizer.replaceLoneSurrogates("\uDC00\uD800")).isEqualTo("\uFFFD\uFFFD");
        assertThat(Tokenizer.replaceLoneSurrogates("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
        assertThat(Tokenizer.replaceLoneSurrogates("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFD");
        try (Tokenizer tokenizer = tokenizer()) {
            assertThat(tokenizer.encode("a\uD800b")).isEqualTo(tokenizer.encode("a\uFFFDb"));
        }
    }

    @Test
    void survivesNulAndWhatLooksLikeNothing() {
        try (Tokenizer tokenizer = tokenizer()) {
            assertThat(tokenizer.encode("")).isEqualTo(new TokenIds());
            assertThat(tokenizer.encode("\0")).isEqualTo(new TokenIds());
            assertThat(tokenizer.encode("play\0 music")).isEqualTo(tokenizer.encode("play music"));
            assertThat(Arrays.stream(tokenizer.encode("\u200B\uFEFF\u202E").toArray()))
                    .allMatch(id -> id < 1000);
        }
    }

    @Test
    void cutsNothingHoweverLong() {
        try (Tokenizer tokenizer = tokenizer()) {
            int one = tokenizer.encode("music").length();
            assertThat(tokenizer.encode("music ".repeat(20_000)).length()).isEqualTo(20_000 * one);
        }
    }

    @Test
    void readsNoMoreOfALongTextThanIsAskedFor() {
        try (Tokenizer tokenizer = tokenizer()) {
            String text = "play music ".repeat(10_000);
            TokenIds beginning = tokenizer.encodeBeginning(text, 100);

            assertThat(beginning.length()).isBetween(101, 2_000);
            assertThat(tokenizer.encodeBeginning("music", 100)).isEqualTo(tokenizer.encode("music"));
            assertThat(tokenizer.encodeBeginning("\0".repeat(3_000) + " music ", 1))
                    .isEqualTo(tokenizer.encode("music"));
        }
    }

    @Test
    void supplementaryCharactersReachTheTokenizerWhole() {
        try (Tokenizer tokenizer = tokenizer()) {
            assertThat(tokenizer.encode("\uD83D\uDE00").length()).isEqualTo(1);
        }
    }

    @Test
    void manyThreadsShareOne() {
        try (Tokenizer tokenizer = tokenizer()) {
            TokenIds expected = tokenizer.encode("Which intent does the user have?");
            assertThat(IntStream.range(0, 400)
                            .parallel()
                            .mapToObj(i -> tokenizer.encode("Which intent does the user have?")))
                    .containsOnly(expected);
        }
    }

    @Test
    void refusesToEncodeOnceClosed() {
        Tokenizer tokenizer = tokenizer();
        tokenizer.close();
        tokenizer.close();
        assertThatThrownBy(() -> tokenizer.encode("text")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void specialTokensInTheVocabularyAreNotReachedFromText() {
        String splitsAtSpacesAlone =
                "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":1,\"content\":\"[SEP]\",\"special\":true}],"
                        + "\"pre_tokenizer\":{\"type\":\"WhitespaceSplit\"},\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\","
                        + "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,"
                        + "\"vocab\":{\"[UNK]\":0,\"[SEP]\":1,\"word\":2}}}";
        try (Tokenizer tokenizer = Tokenizer.of(splitsAtSpacesAlone.getBytes(StandardCharsets.UTF_8))) {
            assertThat(tokenizer.encode("word [SEP] word").toArray()).containsExactly(2, 0, 2);
            assertThat(tokenizer.special("[SEP]")).isEqualTo(1);
        }
    }

    @Test
    void ignoresTruncationAndPaddingOfTheFile() {
        String text = new String(tokenizerJson(), StandardCharsets.UTF_8);
        assertThat(text).contains("\"truncation\": null").contains("\"padding\": null");
        String limited = text.replace(
                        "\"truncation\": null",
                        "\"truncation\":{\"direction\":\"Right\",\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":0}")
                .replace(
                        "\"padding\": null",
                        "\"padding\":{\"strategy\":{\"Fixed\":8},\"direction\":\"Right\",\"pad_to_multiple_of\":null,"
                                + "\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"[PAD]\"}");
        try (Tokenizer tokenizer = tokenizer();
                Tokenizer other = Tokenizer.of(limited.getBytes(StandardCharsets.UTF_8))) {
            String input = "music ".repeat(30);
            assertThat(other.encode(input)).isEqualTo(tokenizer.encode(input));
            assertThat(other.encode("music")).isEqualTo(tokenizer.encode("music"));
        }
    }

    @Test
    void refusesWhatIsNoTokenizer() {
        for (String bad : List.of(
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"model\":{}}",
                "{\"model\":{\"type\":\"WordPiece\"}}",
                "{\"model\":{\"type\":\"None\",\"vocab\":{}}}",
                "{\"model\":{},\"added_tokens\":[{}]}")) {
            assertThatThrownBy(() -> Tokenizer.of(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(CheckpointException.class);
        }
        byte[] whole = tokenizerJson();
        for (int length : new int[] {10, 1000, whole.length / 2, whole.length - 2}) {
            assertThatThrownBy(() -> Tokenizer.of(Arrays.copyOf(whole, length)))
                    .isInstanceOf(CheckpointException.class);
        }
    }

    static Tokenizer tokenizer() {
        return Tokenizer.of(tokenizerJson());
    }

    /** The tokenizer of a folder that the reference made. */
    static Tokenizer tokenizer(String folder) {
        try {
            return Tokenizer.of(Files.readAllBytes(OracleFolders.path(folder).resolve("tokenizer.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] tokenizerJson() {
        return TinyCheckpoints.tokenizerJson();
    }
}
