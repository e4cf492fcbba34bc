package dev.taxon.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointDigestTest {
    private static final String DIGEST = digest("one", 1, "tokens", new Small(List.of("a", "b"), "abcd"));

    @Test
    void theSameContentIsKnownAgainUnderAnyNameAndInAnyOrder() {
        assertThat(DIGEST).matches("[0-9a-f]{64}");
        assertThat(digest("another name", 1, "tokens", new Small(List.of("b", "a"), "abcd")))
                .isEqualTo(DIGEST);
    }

    @Test
    void everyPartOfTheContentCounts() {
        Small same = new Small(List.of("a", "b"), "abcd");
        assertThat(digest("one", 1, "tokens", new Small(List.of("a", "b"), "abcx")))
                .isNotEqualTo(DIGEST);
        assertThat(digest("one", 1, "tokens", new Small(List.of("a", "c"), "abcd")))
                .isNotEqualTo(DIGEST);
        assertThat(digest("one", 1, "tokens", new Small(List.of("a"), "abcd"))).isNotEqualTo(DIGEST);
        assertThat(digest("one", 2, "tokens", same)).isNotEqualTo(DIGEST);
        assertThat(digest("one", 1, "others", same)).isNotEqualTo(DIGEST);
    }

    private static String digest(String name, int mixingLayers, String tokenizer, Small weights) {
        ModelConfig config = new ModelConfig(
                name, new BertConfig(10, 4, 2, 2, 8, 16, 2, 1e-12, 0), new Layout.LateMixing(mixingLayers));
        return CheckpointDigest.of(
                new Checkpoint(config, weights, () -> tokenizer.getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    /** Tensors of four bytes, which end in their name. */
    private static final class Small implements Weights {
        private final Map<String, byte[]> tensors = new LinkedHashMap<>();

        Small(List<String> names, String content) {
            for (String name : names) {
                tensors.put(name, (content + name).substring(1).getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }

        @Override
        public TensorInfo info(String name) {
            return new TensorInfo(name, ElementType.F32, List.of(1L));
        }

        @Override
        public ByteBuffer bytes(String name) {
            return ByteBuffer.wrap(Objects.requireNonNull(tensors.get(name)));
        }

        @Override
        public void close() {}
    }
}
