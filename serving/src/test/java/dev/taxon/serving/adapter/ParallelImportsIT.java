package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Http;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions get their numbers as they are published, one after the other, however many come at once. */
@QuarkusTest
class ParallelImportsIT extends AdapterServerTest {
    private static final int IMPORTS = 8;

    @Test
    void importsAtOnceGetOneNumberAfterTheOther() {
        String name = newName();
        List<HttpResponse<String>> answers = atOnce(name, zips(IMPORTS).toList());

        assertThat(numbers(answers)).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(listed(name)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertEachIsWhatWasAnswered(name, answers);
    }

    @Test
    void whatIsRefusedAmongThemTakesNoNumber() {
        String name = newName();
        List<HttpResponse<String>> answers =
                atOnce(name, Stream.concat(zips(IMPORTS - 2), refused()).toList());

        answers.subList(IMPORTS - 2, IMPORTS).forEach(refusal -> Problems.expect(ErrorCode.INVALID_REQUEST, refusal));
        List<HttpResponse<String>> published = answers.subList(0, IMPORTS - 2);
        assertThat(numbers(published)).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
        assertEachIsWhatWasAnswered(name, published);
        assertThat(importVersion(name, AdapterZips.of(99, LABELS)).body()).contains("\"version\":7");
        assertThat(listed(name)).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    /** Adapters that are all unlike each other. */
    private static Stream<byte[]> zips(int count) {
        return IntStream.range(0, count).mapToObj(seed -> AdapterZips.of(seed, LABELS));
    }

    /** One that is refused as it is unpacked, and one only once all of it was read. */
    private static Stream<byte[]> refused() {
        Map<String, byte[]> cutOff = AdapterZips.folder(LABELS);
        byte[] weights = Objects.requireNonNull(cutOff.get(AdapterFolder.WEIGHTS));
        cutOff.put(AdapterFolder.WEIGHTS, Arrays.copyOf(weights, weights.length - 4));
        return Stream.of(new byte[] {1, 2, 3}, AdapterZips.zip(cutOff));
    }

    /** The answers in the order of what was sent. */
    private List<HttpResponse<String>> atOnce(String name, List<byte[]> zips) {
        List<CompletableFuture<HttpResponse<String>>> answers = zips.stream()
                .map(zip -> Http.sendLater(Http.to("/v1/adapters/" + name + "/versions")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip))))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static List<Integer> numbers(List<HttpResponse<String>> answers) {
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        return answers.stream()
                .map(answer -> Http.json(answer).at("/version").asInt())
                .toList();
    }

    private List<String> listed(String name) {
        return Http.json(call("GET", "/v1/adapters/" + name + "/versions", ""))
                .at("/items")
                .findValuesAsText("version");
    }

    private void assertEachIsWhatWasAnswered(String name, List<HttpResponse<String>> answers) {
        for (HttpResponse<String> answer : answers) {
            String version = Http.json(answer).at("/version").asText();
            assertThat(Http.json(call("GET", "/v1/adapters/" + name + "/versions/" + version, "")))
                    .isEqualTo(Http.json(answer));
        }
        assertThat(answers)
                .extracting(answer -> Http.json(answer).at("/digest").asText())
                .doesNotHaveDuplicates();
    }
}
