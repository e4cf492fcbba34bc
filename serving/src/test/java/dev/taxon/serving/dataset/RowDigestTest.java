package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.training.data.DataRow;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RowDigestTest {

    @Test
    void isTheSameForEqualRowsWhereverTheyStand() {
        assertThat(RowDigest.of(new DataRow.Labelled(1, "t", List.of("a"), null)))
                .isEqualTo(RowDigest.of(new DataRow.Labelled(2, "t", List.of("a"), null)));
    }

    @Test
    void tellsApartWhatIsSplitDifferently() {
        List<String> digests = List.of(
                digest("ta", List.of("b"), null),
                digest("t", List.of("ab"), null),
                digest("t", List.of("a", "b"), null),
                digest("t", List.of("a"), List.of("b")),
                digest("t", List.of("a"), List.of("a", "b")),
                digest("t", List.of(), null),
                digest("t", List.of(), List.of("a")));
        Set<String> different = new HashSet<>(digests);
        assertThat(different).hasSameSizeAs(digests);
    }

    private static String digest(String text, List<String> trueLabels, @Nullable List<String> allLabels) {
        return HexFormat.of().formatHex(RowDigest.of(new DataRow.Labelled(1, text, trueLabels, allLabels)));
    }
}
