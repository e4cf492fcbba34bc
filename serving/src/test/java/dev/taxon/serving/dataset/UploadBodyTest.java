package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.http.BodyLimit;
import dev.taxon.serving.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class UploadBodyTest {
    private static final int LIMIT = 200_000;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Test
    void handsOnEveryByteUpToTheLimit() throws IOException {
        byte[] bytes = new byte[LIMIT];
        bytes[LIMIT - 1] = 7;
        body(bytes).transferTo(file);
        assertThat(file.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void endsOneByteBeyondIt() {
        assertThatThrownBy(() -> body(new byte[LIMIT + 1]).transferTo(file))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(413));
        assertThat(file.size()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void takesNothingPackedAndNothingEmpty() {
        assertThatThrownBy(() -> body(new byte[0]).transferTo(file)).hasMessageContaining("empty");
        assertThatThrownBy(() -> body(new byte[] {0x1f, (byte) 0x8b}).transferTo(file))
                .hasMessageContaining("gzip");
    }

    private static UploadBody body(byte[] bytes) {
        return new UploadBody(new ByteArrayInputStream(bytes), new BodyLimit(LIMIT, "Split it."));
    }
}
