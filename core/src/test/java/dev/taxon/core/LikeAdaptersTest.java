package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.prompt.EncodedInput;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Adapters of one shape, whose rows run in one product, and rows that share an adapter: each row still gets its own. */
final class LikeAdaptersTest {
    private static final float[] FACTORS = {1, -0.5f, 2, 0.25f, -1};
    /** Where rows share adapters, three of these have enough for a run and two have not. */
    private static final int ROWS = 21;

    static List<String> folders() {
        return OracleFolders.names();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void eachRowOfABatchIsAsItIsAlone(String folder) {
        assertRowsAreAsTheyAreAlone(folder, false);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void rowsThatShareAnAdapterAreAsTheyAreAlone(String folder) {
        assertRowsAreAsTheyAreAlone(folder, true);
    }

    private static void assertRowsAreAsTheyAreAlone(String folder, boolean shared) {
        try (Classifier classifier = TinyModels.oracle(folder)) {
            for (String name : OracleFolders.adapterNames(folder)) {
                Adapter adapter = classifier.readAdapter(OracleFolders.adapter(folder, name));
                List<EncodedInput> rows = rows(classifier, adapter, shared);
                List<List<Float>> together = logits(classifier, rows);
                for (int row = 0; row < rows.size(); row++) {
                    assertNear(
                            together.get(row),
                            logits(classifier, List.of(rows.get(row))).get(0));
                }
                assertThat(together.subList(0, FACTORS.length)).doesNotHaveDuplicates();
            }
        }
    }

    /**
     * One short text under each adapter, then texts of many lengths, now and then without an adapter. Shared means that the
     * later texts have the adapters of the first ones, not others.
     */
    private static List<EncodedInput> rows(Classifier classifier, Adapter adapter, boolean shared) {
        List<EncodedInput> rows = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            String text = "the cat sat on the mat ".repeat(number < FACTORS.length ? 1 : number - FACTORS.length + 1);
            ClassificationInput input = ClassificationInput.of(text, List.of("animals", "a second label", "weather"));
            float round = shared ? 1 : 1 + number / FACTORS.length;
            Adapter own = scaled(adapter, FACTORS[number % FACTORS.length] * round);
            rows.add(classifier.encode(number % 7 == 6 ? input : input.withAdapter(own.reference())));
        }
        return rows;
    }

    private static Adapter scaled(Adapter adapter, float factor) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        adapter.updates()
                .forEach((layer, update) -> updates.put(
                        layer,
                        new LowRankUpdate(
                                update.rank(),
                                update.in(),
                                update.out(),
                                update.down(),
                                scaled(update.up(), factor),
                                update.shift() == null ? null : scaled(update.shift(), factor))));
        return new Adapter(adapter.digest() + " times " + factor, adapter.settings(), updates, Optional.empty());
    }

    private static FloatBuffer scaled(FloatBuffer numbers, float factor) {
        FloatBuffer scaled = FloatBuffer.allocate(numbers.remaining());
        for (int i = 0; i < scaled.capacity(); i++) {
            scaled.put(i, factor * numbers.get(numbers.position() + i));
        }
        return scaled;
    }

    private static List<List<Float>> logits(Classifier classifier, List<EncodedInput> rows) {
        return classifier.score(rows).stream()
                .map(answer -> ((Scored) answer).logits())
                .toList();
    }

    private static void assertNear(List<Float> found, List<Float> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int label = 0; label < found.size(); label++) {
            float tolerance = 2e-4f * Math.max(1, Math.abs(expected.get(label)));
            assertThat(found.get(label)).isCloseTo(expected.get(label), within(tolerance));
        }
    }
}
