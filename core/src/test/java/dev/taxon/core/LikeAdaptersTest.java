package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.torch.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Adapters of one shape, whose rows run in one product, and rows that share an adapter: each row still gets its own. */
final class LikeAdaptersTest {
    /** Of a logit, or of 1 where that is more. */
    private static final float EXACT = 2e-4f;

    private static final float ROUNDED = 0.06f;

    /** Changes of tiny models that rounding does not make larger ones of. */
    private static final float GENTLE = 0.1f;

    private static final float[] FACTORS = {1, -0.5f, 2, 0.25f, -1};
    /** Where rows share adapters, three of these have enough for a run and two have not. */
    private static final int ROWS = 21;

    /** How adapters of the rows of a batch differ. */
    private enum Traffic {
        /** Each row has its own, all of one shape. */
        OWN,
        /** Rows share adapters, some of them enough for a run. */
        SHARED,
        /** The same, and every second adapter changes half of the layers only. */
        UNLIKE,
        /** Each row has its own, which shifts layers, too. */
        SHIFTED,
        /** The same, of ranks that are too many to be joined. */
        WIDE,
        /** The same, and only values and every second other layer are shifted. */
        PARTLY_SHIFTED
    }

    static List<Arguments> traffic() {
        return OracleFolders.names().stream()
                .flatMap(folder -> Stream.of(Traffic.values())
                        .flatMap(traffic -> Stream.of(Precision.FP32, Precision.BF16)
                                .map(precision -> Arguments.of(folder, traffic, precision))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("traffic")
    void eachRowOfABatchIsAsItIsAlone(String folder, Traffic traffic, Precision precision) {
        try (Classifier classifier = TinyModels.oracle(folder, precision)) {
            for (String name : OracleFolders.adapterNames(folder)) {
                Adapter adapter = classifier.readAdapter(OracleFolders.adapter(folder, name));
                boolean wide = traffic == Traffic.WIDE || traffic == Traffic.PARTLY_SHIFTED;
                boolean full = precision == Precision.FP32 && !wide;
                List<EncodedInput> rows = rows(classifier, adapter, traffic, full ? 1 : GENTLE);
                List<List<Float>> together = logits(classifier, rows);
                for (int row = 0; row < rows.size(); row++) {
                    assertNear(
                            together.get(row),
                            logits(classifier, List.of(rows.get(row))).get(0),
                            precision == Precision.FP32 ? EXACT : ROUNDED);
                }
                assertThat(together.subList(0, FACTORS.length)).doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void numbersBeyondTheTypeLeaveTheNeighboursAsTheyAre(Precision precision) {
        String folder = OracleFolders.names().stream()
                .filter(name -> !OracleFolders.adapterNames(name).isEmpty())
                .findFirst()
                .orElseThrow();
        try (Classifier classifier = TinyModels.oracle(folder, precision)) {
            Adapter adapter = classifier.readAdapter(OracleFolders.adapter(
                    folder, OracleFolders.adapterNames(folder).get(0)));
            Adapter hostile =
                    RemadeAdapters.changed(adapter, layer -> true, value -> Math.copySign(Float.MAX_VALUE, value));
            List<EncodedInput> plain = new ArrayList<>();
            List<EncodedInput> beside = new ArrayList<>();
            for (int number = 0; number < ROWS; number++) {
                ClassificationInput input = input(number);
                plain.add(classifier.encode(input));
                beside.add(classifier.encode(number % 2 == 0 ? input : input.withAdapter(hostile.reference())));
            }
            List<Classification> expected = classifier.score(plain);
            List<Classification> found = classifier.score(beside);
            for (int number = 0; number < ROWS; number += 2) {
                assertThat(found.get(number)).isEqualTo(expected.get(number));
            }
        }
    }

    /** Beside others of its shape, too, whose rows may share its products. */
    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void numbersBeyondTheTypeLeaveOtherAdaptersAsTheyAre(Precision precision) {
        for (String folder : OracleFolders.names()) {
            try (Classifier classifier = TinyModels.oracle(folder, precision)) {
                for (String name : OracleFolders.adapterNames(folder)) {
                    Adapter adapter = classifier.readAdapter(OracleFolders.adapter(folder, name));
                    float tolerance = precision == Precision.FP32 ? EXACT : ROUNDED;
                    besideHostile(classifier, adapter, tolerance);
                    besideHostile(classifier, RemadeAdapters.widened(adapter), tolerance);
                }
            }
        }
    }

    private static void besideHostile(Classifier classifier, Adapter adapter, float tolerance) {
        List<EncodedInput> rows = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            float factor = 1 + number;
            Adapter own = number % 2 == 0
                    ? RemadeAdapters.changed(adapter, layer -> true, value -> GENTLE * value / factor)
                    : RemadeAdapters.hostile(adapter, factor);
            rows.add(classifier.encode(input(number).withAdapter(own.reference())));
        }
        List<Classification> found = classifier.score(rows);
        for (int number = 0; number < ROWS; number += 2) {
            assertNear(
                    ((Scored) found.get(number)).logits(),
                    logits(classifier, List.of(rows.get(number))).get(0),
                    tolerance);
        }
    }

    /** Short texts under each adapter, then texts of many lengths, now and then without an adapter. */
    private static List<EncodedInput> rows(Classifier classifier, Adapter adapter, Traffic traffic, float strength) {
        List<EncodedInput> rows = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            int adapterNumber = number % FACTORS.length;
            float factor = FACTORS[adapterNumber] * strength * (isOwn(traffic) ? 1 + number / FACTORS.length : 1);
            boolean half = traffic == Traffic.UNLIKE && adapterNumber % 2 == 1;
            Adapter plain = RemadeAdapters.changed(
                    adapter, layer -> !half || layer.hashCode() % 2 == 0, value -> factor * value);
            Adapter own = switch (traffic) {
                case SHIFTED -> RemadeAdapters.shifted(plain, factor);
                case WIDE -> RemadeAdapters.widened(RemadeAdapters.shifted(plain, factor));
                case PARTLY_SHIFTED ->
                    RemadeAdapters.widened(RemadeAdapters.shifted(plain, LikeAdaptersTest::isPart, factor));
                default -> plain;
            };
            ClassificationInput input = input(number);
            rows.add(classifier.encode(number % 7 == 6 ? input : input.withAdapter(own.reference())));
        }
        return rows;
    }

    private static boolean isPart(String layer) {
        return layer.contains("value")
                || !layer.contains("query") && !layer.contains("key") && layer.hashCode() % 2 == 0;
    }

    private static boolean isOwn(Traffic traffic) {
        return traffic != Traffic.SHARED && traffic != Traffic.UNLIKE;
    }

    private static ClassificationInput input(int number) {
        String text = "the cat sat on the mat ".repeat(number < FACTORS.length ? 1 : number - FACTORS.length + 1);
        return ClassificationInput.of(text, List.of("animals", "a second label", "weather"));
    }

    private static List<List<Float>> logits(Classifier classifier, List<EncodedInput> rows) {
        return classifier.score(rows).stream()
                .map(answer -> ((Scored) answer).logits())
                .toList();
    }

    private static void assertNear(List<Float> found, List<Float> expected, float relative) {
        assertThat(found).hasSameSizeAs(expected);
        for (int label = 0; label < found.size(); label++) {
            float tolerance = relative * Math.max(1, Math.abs(expected.get(label)));
            assertThat(found.get(label)).isCloseTo(expected.get(label), within(tolerance));
        }
    }
}
