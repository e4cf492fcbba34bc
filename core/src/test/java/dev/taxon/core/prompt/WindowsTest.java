package dev.taxon.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.prompt.Windows.Window;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowsTest {
    @Property
    void windowsCoverTheTextAndNeighboursOverlap(
            @ForAll @IntRange(min = 1, max = 5_000) int tokens, @ForAll @IntRange(min = 1, max = 600) int room) {
        List<Window> windows = Windows.of(tokens, room);

        assertThat(windows.get(0).start()).isZero();
        assertThat(windows.get(windows.size() - 1).end()).isEqualTo(tokens);
        assertThat(windows).allSatisfy(window -> assertThat(window.length()).isBetween(1, room));
        int overlap = Math.min(Windows.OVERLAP, room / 8);
        for (int next = 1; next < windows.size(); next++) {
            assertThat(windows.get(next).start())
                    .isLessThanOrEqualTo(windows.get(next - 1).end() - overlap);
            assertThat(windows.get(next).start())
                    .isGreaterThan(windows.get(next - 1).start());
        }
        assertThat((long) (windows.size() - 1) * (room - overlap)).isLessThan(Math.max(1, tokens));
    }

    @Property
    void chunksKeepLabelsInOrderWithinTheirRoom(@ForAll List<@IntRange(min = 1, max = 40) Integer> lengths) {
        List<TokenIds> labels =
                lengths.stream().map(length -> new TokenIds(new int[length])).toList();
        List<List<TokenIds>> chunks = LabelChunks.of(labels, 30);

        assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(labels);
        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(chunk.size() <= 1 || LabelChunks.tokens(chunk) <= 30)
                        .isTrue());
    }
}
