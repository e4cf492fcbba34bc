package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification.Scored;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.torch.Precision;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
        SHIFTED
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
                List<EncodedInput> rows = rows(classifier, adapter, traffic, precision == Precision.FP32 ? 1 : GENTLE);
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
            Adapter hostile = changed(adapter, layer -> true, value -> Math.copySign(Float.MAX_VALUE, value));
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
                    besideHostile(
                            classifier,
                            classifier.readAdapter(OracleFolders.adapter(folder, name)),
                            precision == Precision.FP32 ? EXACT : ROUNDED);
                }
            }
        }
    }

    private static void besideHostile(Classifier classifier, Adapter adapter, float tolerance) {
        List<EncodedInput> rows = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            float factor = 1 + number;
            Adapter own = number % 2 == 0
                    ? changed(adapter, layer -> true, value -> GENTLE * value / factor)
                    : hostile(adapter, factor);
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

    /** One whose downs make of any token what is no number. */
    private static Adapter hostile(Adapter adapter, float factor) {
        return remade(
                adapter,
                "hostile, " + factor,
                update -> new LowRankUpdate(
                        update.rank(),
                        update.in(),
                        update.out(),
                        changed(update.down(), value -> Math.copySign(Float.MAX_VALUE, value)),
                        changed(update.up(), value -> Math.copySign(Float.MAX_VALUE / factor, value)),
                        update.shift()));
    }

    /** Short texts under each adapter, then texts of many lengths, now and then without an adapter. */
    private static List<EncodedInput> rows(Classifier classifier, Adapter adapter, Traffic traffic, float strength) {
        List<EncodedInput> rows = new ArrayList<>();
        for (int number = 0; number < ROWS; number++) {
            int adapterNumber = number % FACTORS.length;
            float factor = FACTORS[adapterNumber] * strength * (isOwn(traffic) ? 1 + number / FACTORS.length : 1);
            boolean half = traffic == Traffic.UNLIKE && adapterNumber % 2 == 1;
            Adapter plain = changed(adapter, layer -> !half || layer.hashCode() % 2 == 0, value -> factor * value);
            Adapter own = traffic == Traffic.SHIFTED ? shifted(plain, factor) : plain;
            ClassificationInput input = input(number);
            rows.add(classifier.encode(number % 7 == 6 ? input : input.withAdapter(own.reference())));
        }
        return rows;
    }

    private static boolean isOwn(Traffic traffic) {
        return traffic == Traffic.OWN || traffic == Traffic.SHIFTED;
    }

    private static Adapter shifted(Adapter adapter, float factor) {
        return remade(adapter, "shifted", update -> {
            float[] shift = new float[update.out()];
            Arrays.fill(shift, GENTLE * factor);
            return new LowRankUpdate(
                    update.rank(), update.in(), update.out(), update.down(), update.up(), FloatBuffer.wrap(shift));
        });
    }

    private static Adapter remade(Adapter adapter, String how, UnaryOperator<LowRankUpdate> layer) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        adapter.updates().forEach((name, update) -> updates.put(name, layer.apply(update)));
        return new Adapter(adapter.digest() + ", " + how, adapter.settings(), updates, Optional.empty());
    }

    private static ClassificationInput input(int number) {
        String text = "the cat sat on the mat ".repeat(number < FACTORS.length ? 1 : number - FACTORS.length + 1);
        return ClassificationInput.of(text, List.of("animals", "a second label", "weather"));
    }

    /** Some of an adapter's layers, with other numbers where they are raised. */
    private static Adapter changed(Adapter adapter, Predicate<String> layers, UnaryOperator<Float> number) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        adapter.updates().forEach((layer, update) -> {
            if (layers.test(layer)) {
                updates.put(
                        layer,
                        new LowRankUpdate(
                                update.rank(),
                                update.in(),
                                update.out(),
                                update.down(),
                                changed(update.up(), number),
                                update.shift() == null ? null : changed(update.shift(), number)));
            }
        });
        String digest =
                "%s of %s, 1 as %s".formatted(adapter.digest(), updates.keySet().hashCode(), number.apply(1f));
        return new Adapter(digest, adapter.settings(), updates, Optional.empty());
    }

    private static FloatBuffer changed(FloatBuffer numbers, UnaryOperator<Float> number) {
        FloatBuffer changed = FloatBuffer.allocate(numbers.remaining());
        for (int i = 0; i < changed.capacity(); i++) {
            changed.put(i, number.apply(numbers.get(numbers.position() + i)));
        }
        return changed;
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
