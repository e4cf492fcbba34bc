package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireRoundTripTest {

    private static final String FULL_INPUT = """
            {"text":"t","id":"7","labels":["a",{"name":"b","description":"d","threshold":0.7}],\
            "mode":"multi-label","threshold":0.4,"prompt":"p","examples":[{"text":"e","labels":["a"]}],\
            "retrieved_examples":[{"text":"r","true_labels":["a"],"false_labels":["b"]}],\
            "adapter":"support@3","top_k":2,"on_long":"chunk","max_length":512,"hierarchical":true}""";

    @Test
    void everyFieldOfAnInputIsReadAndWrittenBack() throws Exception {
        String request = "{\"inputs\":[" + FULL_INPUT + "]}";

        ClassifyRequest read = WireJson.read(request, ClassifyRequest.class);

        assertThat(WireJson.string(read)).isEqualTo(request);
        assertThat(read.expand().get(0))
                .isEqualTo(new ClassifyInput(
                        "t",
                        "7",
                        new LabelList(List.of(Label.of("a"), new Label("b", "d", 0.7))),
                        Mode.MULTI_LABEL,
                        0.4,
                        "p",
                        List.of(new Example("e", List.of("a"))),
                        List.of(new RetrievedExample("r", List.of("a"), List.of("b"))),
                        "support@3",
                        2,
                        OnLong.CHUNK,
                        512,
                        true));
    }

    @Test
    void aBuilderKeepsEveryField() throws Exception {
        ClassifyInput input = WireJson.read(FULL_INPUT, ClassifyInput.class);

        assertThat(input.toBuilder().build()).isEqualTo(input);
    }

    @Test
    void textsShareEveryOtherField() throws Exception {
        ClassifyInput shared = WireJson.read(FULL_INPUT, ClassifyInput.class);

        ClassifyRequest request = ClassifyRequest.ofTexts(List.of("x", "y"), shared);

        assertThat(WireJson.string(request)).startsWith("{\"texts\":[\"x\",\"y\"],\"labels\":");
        assertThat(WireJson.read(WireJson.bytes(request), ClassifyRequest.class))
                .isEqualTo(request);
        assertThat(request.expand())
                .containsExactly(
                        shared.toBuilder().text("x").id(null).build(),
                        shared.toBuilder().text("y").id(null).build());
    }

    @Test
    void absentFieldsAreNotWritten() {
        ClassifyInput input = ClassifyInput.builder("t").labels("a", "b").build();

        assertThat(WireJson.string(input)).isEqualTo("{\"text\":\"t\",\"labels\":[\"a\",\"b\"]}");
    }

    @Test
    void nullIsAbsent() throws Exception {
        ClassifyInput input = WireJson.read("{\"text\":\"t\",\"threshold\":null}", ClassifyInput.class);

        assertThat(input).isEqualTo(ClassifyInput.builder("t").build());
    }

    @Test
    void aRequestOfNeitherFormExpandsToNothing() throws Exception {
        assertThat(WireJson.read("{}", ClassifyRequest.class).expand()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"a\",\"b\"]",
                "[\"a\",\"a\",\"\"]",
                "{}",
                "{\"topic\":{\"news\":[\"world\",{\"name\":\"business\",\"threshold\":0.9}]},\"tone\":[\"neutral\"]}"
            })
    void labelSetsAreWrittenAsTheyWereRead(String json) throws Exception {
        assertThat(WireJson.string(WireJson.read(json, LabelSet.class))).isEqualTo(json);
    }

    @Test
    void aTreeIsFlattenedWithDotsInItsOwnOrder() throws Exception {
        LabelSet tree = WireJson.read("""
                {"topic": {"news": ["world", {"name": "business", "description": "d"}], "leisure": ["sports"]},
                 "a": ["b"]}""", LabelSet.class);

        assertThat(tree.flatten())
                .containsExactly(
                        Label.of("topic.news.world"),
                        new Label("topic.news.business", "d", null),
                        Label.of("topic.leisure.sports"),
                        Label.of("a.b"));
    }

    @Test
    void scoresTakeTheShapeOfTheLabels() throws Exception {
        LabelSet labels = WireJson.read("{\"z\":{\"y\":[\"b\",\"a\"]},\"c\":[\"d\"]}", LabelSet.class);

        ScoreTree tree = ScoreTree.of(labels, Map.of("z.y.a", 0.25, "c.d", 1.0));

        String json = "{\"z\":{\"y\":{\"b\":0.0,\"a\":0.25}},\"c\":{\"d\":1.0}}";
        assertThat(WireJson.string(tree)).isEqualTo(json);
        assertThat(WireJson.read(json, ScoreTree.class)).isEqualTo(tree);
        assertThat(ScoreTree.of(LabelSet.of("a"), Map.of("a", 0.5)).children())
                .containsEntry("a", new ScoreTree.Score(0.5));
    }

    @Test
    void aResponseIsWrittenAsTheContractSays() throws Exception {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("sports", 0.75);
        scores.put("business", 0.25);
        ClassifyResponse response = new ClassifyResponse(
                "r1",
                "taxon-small",
                List.of(
                        new ClassifyResult(
                                "7", List.of(new Prediction("sports", 0.75)), scores, null, true, 9, "support@3", null),
                        ClassifyResult.failed("8", null, Problem.of(ErrorCode.ROW_FAILED, "Not finite."))),
                new Usage(2, 9));

        String json = WireJson.string(response);

        assertThat(json).isEqualTo("""
                        {"request_id":"r1","model":"taxon-small","results":[{"id":"7",\
                        "predictions":[{"label":"sports","score":0.75}],"scores":{"sports":0.75,"business":0.25},\
                        "truncated":true,"tokens":9,"adapter":"support@3"},{"id":"8","predictions":[],\
                        "truncated":false,"tokens":0,"error":{"type":"urn:taxon:problem:row_failed",\
                        "title":"This row could not be scored","status":500,"detail":"Not finite.",\
                        "code":"row_failed","retryable":false}}],"usage":{"texts":2,"tokens":9}}""");
        assertThat(WireJson.read(json, ClassifyResponse.class)).isEqualTo(response);
    }

    @Test
    void aNewerServerIsRead() throws Exception {
        byte[] json = """
                {"request_id":"r","model":"m","colour":"blue","usage":{"texts":1,"tokens":3,"images":2},
                 "results":[{"predictions":[{"label":"a","score":1,"why":{}}],"scores":null}]}""".getBytes(StandardCharsets.UTF_8);

        ClassifyResponse response = WireJson.readTolerant(json, ClassifyResponse.class);

        assertThat(response.results())
                .containsExactly(new ClassifyResult(
                        null, List.of(new Prediction("a", 1.0)), Map.of(), null, false, 0, null, null));
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeIsFoundByItsWord(ErrorCode code) {
        assertThat(ErrorCode.of(code.code())).contains(code);
        assertThat(code.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT));
        assertThat(code.status()).isBetween(400, 599);
        assertThat(WireJson.string(code)).isEqualTo('"' + code.code() + '"');
        assertThat(Problem.of(code, "d").errorCode()).contains(code);
    }

    @Test
    void aCodeOfTheFutureIsNoConstant() {
        assertThat(ErrorCode.of("out_of_coffee")).isEmpty();
    }

    @Test
    void collectionsDoNotFollowTheirSources() {
        List<String> texts = new ArrayList<>(List.of("a"));
        ClassifyRequest request =
                ClassifyRequest.ofTexts(texts, ClassifyInput.builder().build());

        texts.add("b");

        assertThat(request.texts()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udfffb", "\u0000", "\ud83d\ude00", "<<LABEL>>[SEP]", "\u2028\"\\"})
    void anyStringSurvives(String text) throws Exception {
        ClassifyInput input = ClassifyInput.builder(text).id(text).labels(text).build();

        assertThat(WireJson.read(WireJson.bytes(input), ClassifyInput.class)).isEqualTo(input);
    }

    @Test
    void aLoneSurrogateWrittenAsAnEscapeIsRead() throws Exception {
        assertThat(WireJson.read("{\"text\":\"\\ud800\\u0000\"}", ClassifyInput.class)
                        .text())
                .isEqualTo("\ud800\u0000");
    }
}
