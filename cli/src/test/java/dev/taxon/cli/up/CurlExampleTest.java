package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CurlExampleTest {
    private final String line = new CurlExample("http://127.0.0.1:8080", "tx_0_0").line();

    @Test
    void isOneLineWithABodyOfTheContract() throws JsonProcessingException {
        String body = line.substring(line.indexOf("-d '") + 4, line.lastIndexOf('\''));
        ClassifyRequest request = WireJson.read(body, ClassifyRequest.class);
        assertThat(request.texts()).isEqualTo(List.of("The striker scored twice in the final"));
        assertThat(line)
                .startsWith("curl -s http://127.0.0.1:8080/v1/classify ")
                .doesNotContain("\n");
    }

    @Test
    void leavesTheShellNothingToExpand() {
        assertThat(line)
                .doesNotContain("$")
                .doesNotContain("`")
                .doesNotContain("!")
                .doesNotContain("\\");
    }
}
