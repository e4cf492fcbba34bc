package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged document is read or refused in words, and nothing else happens. */
class WireFuzzTest {

    private static final byte[] DOCUMENT = """
            {"inputs":[{"text":"caf\u00e9 \ud83d\ude00","id":"7","labels":{"a":["b",{"name":"c","threshold":0.7}]},
            "mode":"multi-label","threshold":4e-1,"examples":[{"text":"e","labels":["a"]}],"top_k":2,
            "retrieved_examples":[{"text":"r","true_labels":["a"],"false_labels":[]}],"hierarchical":true}],
            "texts":["\\ud800"],"on_long":"error","max_length":512,"prompt":null}""".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damageIsReadOrRefused(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 5_000; round++) {
            read += readOrRefuse(damaged(random)) ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    private static boolean readOrRefuse(byte[] document) {
        try {
            WireJson.bytes(WireJson.read(document, ClassifyRequest.class));
            return true;
        } catch (JsonProcessingException refused) {
            WireFault fault = WireErrors.fault(refused);
            assertThat(fault.detail()).isNotEmpty();
            assertThat(fault.code().status()).isEqualTo(400);
            return false;
        }
    }

    private static byte[] damaged(Random random) {
        byte[] copy = DOCUMENT.clone();
        for (int times = random.nextInt(3); times >= 0; times--) {
            int at = random.nextInt(copy.length);
            copy[at] = random.nextBoolean() ? copy[random.nextInt(copy.length)] : (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
    }
}
