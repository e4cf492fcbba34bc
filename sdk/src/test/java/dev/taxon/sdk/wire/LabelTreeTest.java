package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LabelTreeTest {

    @Test
    void namesOfBranchesStandBeforeThoseOfTheirLabels() {
        Label described = new Label("c", "d", 0.5);
        LabelSet tree = new LabelTree(
                Map.of("a", new LabelTree(Map.of("b", new LabelList(List.of(described)), "", LabelSet.of("x", "x")))));

        assertThat(tree.flatten())
                .containsExactlyInAnyOrder(new Label("a.b.c", "d", 0.5), Label.of("a..x"), Label.of("a..x"));
        assertThat(new LabelTree(Map.of("a", LabelSet.of())).flatten()).isEmpty();
    }

    /** A body of 10 MB can ask for terabytes: what is refused must not have been built. */
    @Test
    void aTreeThatWouldFlattenToTerabytesIsRefusedWithItsNumbers() {
        LabelSet tree = LabelSet.of(Collections.nCopies(1_000_000, "x"));
        for (int depth = 0; depth < 100; depth++) {
            tree = new LabelTree(Map.of("SECRET".repeat(10_000), tree));
        }

        assertThatThrownBy(tree::flatten)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000 labels")
                .hasMessageContaining("6000101000000 characters")
                .hasMessageContaining("10000000")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void theMostThatFitsIsFlattened() {
        String half = "b".repeat(LabelTree.LONGEST_FLATTENED / 2 - 2);

        assertThat(new LabelTree(Map.of(half, LabelSet.of("x", "x"))).flatten()).hasSize(2);
        LabelTree one = new LabelTree(Map.of(half, LabelSet.of("x", "xx")));
        assertThatThrownBy(one::flatten).isInstanceOf(IllegalArgumentException.class);
    }
}
