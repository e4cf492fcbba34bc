package dev.taxon.core.model;

import static dev.taxon.core.model.RowGroups.Kind.JOINED;
import static dev.taxon.core.model.RowGroups.Kind.RECTANGLE;
import static dev.taxon.core.model.RowGroups.Kind.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.IValue;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.model.RowGroups.Kind;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which adapters of a packing run together, and how. */
final class AdaptedRowsTest {
    private final List<ResidentAdapter> adapters = new ArrayList<>();

    @BeforeAll
    static void loadLibrary() {
        Torch.initialize();
    }

    @AfterEach
    void close() {
        adapters.forEach(ResidentAdapter::close);
    }

    @Test
    void smallAdaptersAreJoined() {
        int[] lengths = {10, 11, 40, 80, 90, 91};
        assertThat(kinds(lengths, "a4", "b4", "c4", "d4", "e4", "f4"))
                .containsExactly(
                        in(JOINED, 0), in(JOINED, 0), in(JOINED, 0), in(JOINED, 0), in(JOINED, 0), in(JOINED, 0));
    }

    @Test
    void joinedAreSoManyAsAllRanksAllow() {
        assertThat(kinds(new int[] {10, 10, 10, 10, 10, 10}, "a8", "b8", "c8", "d8", "e8", "f8"))
                .containsExactly(
                        in(JOINED, 0), in(JOINED, 0), in(JOINED, 0), in(JOINED, 0), in(JOINED, 1), in(JOINED, 1));
    }

    @Test
    void aSmallOneWithoutSuchANeighbourIsARectangle() {
        assertThat(kinds(new int[] {10, 11, 12}, "a4", "", "b16")).containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 1));
    }

    @Test
    void largerOnesShareARectangleOfLikeLengths() {
        assertThat(kinds(new int[] {10, 11, 40, 41}, "a16", "b16", "c16", "d16"))
                .containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1), in(RECTANGLE, 1));
    }

    @Test
    void onesOfUnlikeShapesDoNot() {
        assertThat(kinds(new int[] {10, 11, 12}, "a16", "b12", "c16"))
                .containsExactlyInAnyOrder(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1));
    }

    @Test
    void fourRowsOfOneAreARun() {
        assertThat(kinds(new int[] {10, 20, 30, 40, 50}, "a16", "a16", "b4", "a16", "a16"))
                .containsExactly(in(RECTANGLE, 0), in(RUN, 1), in(RUN, 1), in(RUN, 1), in(RUN, 1));
    }

    @Test
    void aRectangleHasSoManyRows() {
        GroupRules rules = new GroupRules(2, 10, 1000, 100, 0, 0, true);
        assertThat(kinds(rules, new int[] {10, 10, 10}, "a16", "b16", "c16"))
                .containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1));
    }

    @Test
    void aRectangleStacksSoManyRanks() {
        GroupRules rules = new GroupRules(9, 10, 40, 100, 0, 0, true);
        assertThat(kinds(rules, new int[] {10, 10, 10}, "a16", "b16", "c16"))
                .containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1));
    }

    @Test
    void aRectangleIsPaddedByNoMoreThanSoMuch() {
        int[] lengths = {10, 20, 30};
        assertThat(kinds(new GroupRules(9, 1.5, 1000, 100, 0, 0, true), lengths, "a16", "b16", "c16"))
                .containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 0));
        assertThat(kinds(new GroupRules(9, 1.4, 1000, 100, 0, 0, true), lengths, "a16", "b16", "c16"))
                .containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1));
    }

    @Test
    void aLongRowIsByItself() {
        GroupRules rules = new GroupRules(9, 10, 1000, 12, 8, 32, true);
        assertThat(kinds(rules, new int[] {10, 11, 12, 13}, "a16", "b16", "c16", "d16"))
                .containsExactly(in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1), in(RECTANGLE, 2));
        assertThat(kinds(rules, new int[] {10, 11, 12}, "a4", "b4", "c4"))
                .containsExactly(in(JOINED, 0), in(JOINED, 0), in(RECTANGLE, 1));
    }

    @Test
    void onAGpuLengthsMayDifferByMoreAndNoneAreJoined() {
        assertThat(kinds(GroupRules.OF_GPU, new int[] {10, 20, 30, 100, 400}, "a4", "b4", "c4", "d4", "e4"))
                .containsExactly(
                        in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 1), in(RECTANGLE, 1));
    }

    @Test
    void onAGpuRowsOfOneAdapterShareRectanglesWithOthers() {
        assertThat(kinds(GroupRules.OF_GPU, new int[] {10, 11, 12, 13, 14}, "a16", "a16", "b16", "a16", "a16"))
                .containsExactly(
                        in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 0), in(RECTANGLE, 0));
    }

    @Test
    void onAGpuTheOnlyAdapterIsARun() {
        assertThat(kinds(GroupRules.OF_GPU, new int[] {10, 11, 12}, "a16", "", "a16"))
                .containsExactly(in(RUN, 0), in(RUN, 0));
    }

    @Test
    void rowsWithoutAdaptersAreInNoGroup() {
        AdapterRuns runs = AdapterRuns.of(List.of("", ""));
        PackedRows packed = PackedRows.of(sequences(3, 4), new int[2], runs);
        List<Optional<ResidentAdapter>> none = List.of(Optional.empty(), Optional.empty());
        assertThat(AdaptedRows.of(GroupRules.OF_CPU, packed, runs, none, new int[] {3, 4}, new int[2]))
                .isEmpty();
    }

    private static Map.Entry<Kind, Long> in(Kind kind, long group) {
        return Map.entry(kind, group);
    }

    /** How rows of some lengths run, each with the adapter of that name, which ends in its rank; none for no name. */
    private List<Map.Entry<Kind, Long>> kinds(int[] lengths, String... names) {
        return kinds(GroupRules.OF_CPU, lengths, names);
    }

    private List<Map.Entry<Kind, Long>> kinds(GroupRules rules, int[] lengths, String... names) {
        int[] labels = new int[lengths.length];
        AdapterRuns runs = rules.runs(List.of(names));
        PackedRows packed = PackedRows.of(sequences(lengths), labels, runs);
        List<Optional<ResidentAdapter>> own =
                Arrays.stream(names).map(this::adapter).toList();
        return AdaptedRows.of(rules, packed, runs, own, lengths, labels)
                .orElseThrow()
                .kinds();
    }

    private Optional<ResidentAdapter> adapter(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        AdapterShape shape = new AdapterShape(List.of(Integer.parseInt(name.substring(1)), 0), List.of(false, false));
        ResidentAdapter adapter = new ResidentAdapter(name, IValue.from(0L), shape, 0);
        adapters.add(adapter);
        return Optional.of(adapter);
    }

    private static List<TokenIds> sequences(int... lengths) {
        return Arrays.stream(lengths)
                .mapToObj(length -> new TokenIds(new int[length]))
                .toList();
    }
}
