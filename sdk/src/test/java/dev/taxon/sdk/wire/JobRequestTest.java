package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobRequestTest {

    private static final String FULL = """
            {"kind":"ppo","adapter":"support","from":"support@3","dataset":"tickets","version":2,"texts":["t"],\
            "labels":["a","b"],"mode":"multi-label","seed":7,"hyperparameters":{"epochs":5},\
            "rewards":{"recall":1.0,"f1":0.5},"feedback":true,"retrain":"support@2","compare_on":"holdout@1"}""";

    @Test
    void everyFieldIsReadWrittenAndBuiltAgain() throws Exception {
        JobRequest request = WireJson.read(FULL, JobRequest.class);

        assertThat(WireJson.string(request)).isEqualTo(FULL);
        assertThat(request.toBuilder().build()).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource
    void commonRequestsAreShort(JobRequest request, String json) {
        assertThat(WireJson.string(request)).isEqualTo(json.replace('\'', '"'));
    }

    static Stream<Arguments> commonRequestsAreShort() {
        return Stream.of(
                Arguments.of(
                        JobRequest.lora("support", "tickets"),
                        "{'kind':'lora','adapter':'support','dataset':'tickets'}"),
                Arguments.of(
                        JobRequest.ppo("support", "tickets"), "{'kind':'ppo','adapter':'support','dataset':'tickets'}"),
                Arguments.of(
                        JobRequest.evaluate("support@3", "tickets"),
                        "{'kind':'evaluate','adapter':'support@3','dataset':'tickets'}"),
                Arguments.of(
                        JobRequest.classify("support", "tickets"),
                        "{'kind':'classify','adapter':'support','dataset':'tickets'}"),
                Arguments.of(JobRequest.retrain("support@3"), "{'retrain':'support@3'}"),
                Arguments.of(
                        JobRequest.builder(JobKind.EVALUATE).dataset("tickets").build(),
                        "{'kind':'evaluate','dataset':'tickets'}"),
                Arguments.of(
                        JobRequest.builder(JobKind.CLASSIFY)
                                .texts(List.of("t"))
                                .labels("a", "b")
                                .build(),
                        "{'kind':'classify','texts':['t'],'labels':['a','b']}"));
    }

    @ParameterizedTest
    @MethodSource
    void whatNoServerCouldDoIsNotBuilt(JobRequest.Builder builder) {
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    static Stream<JobRequest.Builder> whatNoServerCouldDoIsNotBuilt() {
        return Stream.of(
                JobRequest.builder(JobKind.IMPORT).dataset("tickets"),
                JobRequest.builder(JobKind.LORA).adapter("support"),
                JobRequest.builder(JobKind.PPO).dataset("tickets"),
                JobRequest.builder(JobKind.EVALUATE).adapter("support"),
                JobRequest.builder(JobKind.CLASSIFY),
                JobRequest.classify("support", "tickets").toBuilder().texts(List.of("t")),
                JobRequest.lora("support", "tickets").toBuilder().version(0),
                JobRequest.lora("support", "tickets").toBuilder().compareOn("holdout"),
                JobRequest.lora("support", "tickets").toBuilder().kind(null));
    }

    @Test
    void whatWasBuiltDoesNotFollowItsSources() {
        List<String> texts = new ArrayList<>(List.of("a"));
        JobRequest request =
                JobRequest.builder(JobKind.CLASSIFY).texts(texts).labels("x").build();

        texts.add("b");

        assertThat(request.texts()).containsExactly("a");
    }
}
