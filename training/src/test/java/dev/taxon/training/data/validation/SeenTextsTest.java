package dev.taxon.training.data.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SeenTextsTest {
    private record Entry(long labels, int file, long number) {}

    @Property(tries = 50)
    void itAnswersAsAMapDoes(@ForAll @Size(min = 3_000, max = 6_000) List<Long> texts) {
        SeenTexts seen = new SeenTexts(Integer.MAX_VALUE);
        Map<Long, Entry> map = new HashMap<>();
        long number = (1L << 48) - 10_000;
        for (long text : texts) {
            // Zero and one share a fingerprint, as zero marks an empty slot.
            long key = text == 0 ? 1 : text;
            int slot = seen.find(key);
            assertThat(slot == SeenTexts.NEW).isEqualTo(!map.containsKey(key));
            if (slot == SeenTexts.NEW) {
                number++;
                map.put(key, new Entry(~text, 32_767, number));
                seen.add(text, ~text, 32_767, number);
            }
        }
        map.forEach((text, entry) -> {
            int slot = seen.find(text);
            assertThat(new Entry(seen.labels(slot), seen.file(slot), seen.number(slot)))
                    .isEqualTo(entry);
        });
    }

    @Test
    void itIsFullWhenToldTo() {
        SeenTexts seen = new SeenTexts(2);
        seen.add(7, 0, 0, 1);
        assertThat(seen.isFull()).isFalse();
        seen.add(8, 0, 0, 2);
        assertThat(seen.isFull()).isTrue();
        assertThat(seen.find(9)).isEqualTo(SeenTexts.NEW);
    }
}
