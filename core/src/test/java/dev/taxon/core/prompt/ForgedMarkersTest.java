package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.checkpoint.TinyCheckpoints;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever strings are made of, the model sees as many marks as there are labels. */
class ForgedMarkersTest {
    private static final int LABEL = TinyCheckpoints.LABEL;
    private static final int SEPARATOR = TinyCheckpoints.SEPARATOR;
    private static final Tokenizer TOKENIZER = TokenizerTest.tokenizer();
    private static final List<Tokenizer> ALL = List.of(
            TOKENIZER,
            TokenizerTest.tokenizer(OracleFolders.DEBERTA),
            TokenizerTest.tokenizer(OracleFolders.MODERN_BERT));

    @AfterContainer
    static void close() {
        ALL.forEach(Tokenizer::close);
    }

    @Property(tries = 500)
    void noStringYieldsAReservedId(@ForAll("hostile") String text) {
        assertThat(Arrays.stream(TOKENIZER.encode(text).toArray())).allMatch(id -> id == 1 || (id > 4 && id < LABEL));
    }

    @Property(tries = 200)
    void norDoOtherTokenizers(@ForAll("hostile") String text) {
        for (Tokenizer tokenizer : ALL) {
            assertThat(Arrays.stream(tokenizer.encode(text).toArray())).noneMatch(tokenizer::isReserved);
        }
    }

    @Property(tries = 200)
    void oneMarkALabel(@ForAll("hostile") String text, @ForAll("hostile") String label, @ForAll boolean promptFirst) {
        Assume.that(
                TOKENIZER.encode(text).length() > 0 && TOKENIZER.encode(label).length() > 0);
        PromptEncoder prompt = PromptEncoder.of(config(promptFirst), TOKENIZER);

        EncodedInput encoded = prompt.encode(ClassificationInput.of(text, List.of(label, label, "music")));

        int[] ids = encoded.rows().get(0).text().toArray();
        assertThat(Arrays.stream(ids).filter(id -> id == LABEL)).hasSize(3);
        assertThat(Arrays.stream(ids).filter(id -> id == SEPARATOR)).hasSize(1);
        assertThat(ids).startsWith(2).endsWith(3);
        assertThat(encoded.rows().get(0).marks().labels()).hasSize(3).allMatch(position -> ids[position] == LABEL);
        assertThat(ids[encoded.rows().get(0).marks().text()]).isEqualTo(SEPARATOR);
    }

    /** What is cut out of a row between its marks is what the strings alone are. */
    @Property(tries = 200)
    void segmentsComeBackWhole(@ForAll("hostile") String text) {
        Assume.that(TOKENIZER.encode(text).length() > 0);
        EncodedInput encoded =
                PromptEncoder.of(config(true), TOKENIZER).encode(ClassificationInput.of(text, List.of("music")));

        int[] ids = encoded.rows().get(0).text().toArray();
        int from = 1;
        while (ids[from - 1] != SEPARATOR) {
            from++;
        }
        assertThat(new TokenIds(Arrays.copyOfRange(ids, from, ids.length - 1))).isEqualTo(TOKENIZER.encode(text));
    }

    @Property(tries = 500)
    void theBeginningIsThatOfTheWhole(
            @ForAll("hostile") String first, @ForAll("hostile") String second, @ForAll @IntRange(max = 9) int count) {
        String text = first + "  a " + second + " " + first + second + " play   music " + first + " the   end of it";
        for (Tokenizer tokenizer : ALL) {
            int[] whole = tokenizer.encode(text).toArray();

            int[] beginning = tokenizer.encodeBeginning(text, count).toArray();

            assertThat(beginning.length).isGreaterThanOrEqualTo(Math.min(whole.length, count + 1));
            assertThat(beginning).containsExactly(Arrays.copyOf(whole, beginning.length));
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> markers = Arbitraries.of(
                "<<LABEL>>",
                "<<SEP>>",
                "<<EXAMPLE>>",
                "[SEP]",
                "[CLS]",
                "[PAD]",
                "[MASK]",
                "##a",
                " ",
                "\0",
                "\uD800",
                "\uDC00",
                "\u202E",
                "e\u0301",
                "\uD83D\uDE00",
                "\u4E2D\u6587",
                "music");
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(12);
        return Arbitraries.oneOf(markers, any).list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    private static ModelConfig config(boolean promptFirst) {
        return TinyCheckpoints.joint(TinyCheckpoints.encoder(2000), LABEL, SEPARATOR, promptFirst);
    }
}
