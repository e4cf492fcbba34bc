package dev.taxon.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'txts':[]}                                       | txts",
                "{'inputs':[{'text':'a'},{'text':'b','lables':[]}]} | inputs[1].lables",
                "{'inputs':[{'labels':['a',{'name':'b','x':1}]}]}  | inputs[0].labels[1].x",
                "{'inputs':[{'examples':[{'text':'a','labels':[],'weight':1}]}]} | inputs[0].examples[0].weight",
                "{'texts':['a'],'topK':1}                          | topK",
                "{'texts':['a'],'id':'7'}                          | id",
            })
    void anUnknownFieldIsNamedWithItsPlace(String json, String place) {
        WireFault fault = fault(json);

        assertThat(fault.code()).isEqualTo(ErrorCode.UNKNOWN_FIELD);
        assertThat(fault.at()).isEqualTo(place);
        assertThat(fault.detail()).startsWith("Unknown field. Known here: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'inputs':[{},{},{},{'threshold':'5'}]} | inputs[3].threshold | Expected a number.",
                "{'inputs':[{'text':1}]}            | inputs[0].text      | Expected a string.",
                "{'inputs':[{'text':1.5}]}          | inputs[0].text      | Expected a string.",
                "{'inputs':[{'text':true}]}         | inputs[0].text      | Expected a string.",
                "{'inputs':[{'text':['a']}]}        | inputs[0].text      | Expected a string.",
                "{'inputs':[{'text':{}}]}           | inputs[0].text      | Expected a string.",
                "{'texts':['a',1]}                  | texts[1]            | Expected a string.",
                "{'texts':['a',null]}               | texts[1]            | null is not allowed here.",
                "{'texts':'a'}                      | texts               | Expected a list.",
                "{'inputs':[null]}                  | inputs[0]           | null is not allowed here.",
                "{'inputs':['a']}                   | inputs[0]           | Expected an object.",
                "{'inputs':['']}                    | inputs[0]           | Expected an object.",
                "{'inputs':{'text':'a'}}            | inputs              | Expected a list.",
                "{'top_k':'1'}                      | top_k               | Expected a whole number.",
                "{'top_k':1.0}                      | top_k               | Expected a whole number.",
                "{'top_k':true}                     | top_k               | Expected a whole number.",
                "{'top_k':99999999999}              | top_k               | The number is out of range.",
                "{'hierarchical':1}                 | hierarchical        | Expected true or false.",
                "{'hierarchical':'true'}            | hierarchical        | Expected true or false.",
                "{'threshold':true}                 | threshold           | Expected a number.",
                "{'threshold':''}                   | threshold           | Expected a number.",
                "{'mode':'both'}                    | mode  | Expected \"single-label\" or \"multi-label\".",
                "{'mode':''}                        | mode  | Expected \"single-label\" or \"multi-label\".",
                "{'mode':0}                         | mode  | Expected \"single-label\" or \"multi-label\".",
                "{'on_long':'TRUNCATE'} | on_long | Expected \"truncate\" or \"chunk\" or \"error\".",
                "{'labels':'a'}    | labels    | Expected a list of labels, or a tree of objects and lists.",
                "{'labels':7}      | labels    | Expected a list of labels, or a tree of objects and lists.",
                "{'labels':{'a':['b'],'c':'d'}} | labels[1] | Expected a list of labels, or a tree of objects and lists.",
                "{'labels':{'a':['b'],'c':null}} | labels[1] | Expected a list of labels, or a tree of objects and lists.",
                "{'labels':{'a':['b',5]}} | labels[0][1] | Expected a label: a name, or an object with a name.",
                "{'labels':['a',5]}       | labels[1]    | Expected a label: a name, or an object with a name.",
                "{'labels':['a',null]}    | labels[1]    | Expected a label: a name, or an object with a name.",
                "{'labels':['a',['b']]}   | labels[1]    | Expected a label: a name, or an object with a name.",
                "{'labels':[{'description':'d'}]}         | labels[0].name      | A required field is missing.",
                "{'labels':[{'name':null}]}               | labels[0].name      | null is not allowed here.",
                "{'labels':[{'name':1}]}                  | labels[0].name      | Expected a string.",
                "{'labels':[{'name':'a','threshold':'x'}]} | labels[0].threshold | Expected a number.",
                "{'examples':[{'text':'a'}]}              | examples[0].labels  | A required field is missing.",
                "{'examples':[{'text':'a','labels':'b'}]} | examples[0].labels  | Expected a list.",
                "[]                                       | ''                  | Expected an object.",
                "'''a'''                                  | ''                  | Expected an object.",
                "null                                     | ''                  | Expected an object.",
            })
    void aWrongValueIsRefusedAtItsPlaceAndNeverCoerced(String json, String place, String detail) {
        assertThat(fault(json)).isEqualTo(new WireFault(ErrorCode.INVALID_REQUEST, place, detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{'texts':['a']",
                "{'texts':['a",
                "{'texts':['a',]}",
                "{'texts':['a']} x",
                "{'texts':['a']}{}",
                "{texts:[]}",
                "{'texts':[],'texts':[]}",
                "{'labels':{'a':['b'],'a':['c']}}",
                "{'threshold':NaN}",
                "{'threshold':01}",
                "{'text':'\u0000'}",
                "{'text':'\\ud8'}",
                "// comment\n{}",
                "\ufeff\ufeff{}",
            })
    void whatIsNotOneJsonDocumentIsMalformed(String json) {
        assertThat(fault(json).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        assertMalformed(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
        assertMalformed(new byte[] {0, 0, (byte) 0xff, (byte) 0xff, 0, 0, 0, 1});
        assertMalformed(new byte[] {0x1f, (byte) 0x8b, 8, 0});
    }

    @Test
    void deepNestingIsRefused() {
        String json = "{'labels':" + "{'a':".repeat(WireJson.MAX_NESTING) + "1" + "}".repeat(WireJson.MAX_NESTING + 1);

        assertThat(fault(json).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(fault(json).detail()).startsWith("Nested too deeply");
    }

    @Test
    void nothingOfTheDocumentIsRepeated() {
        String secret = "my card is 4111";
        for (String json : new String[] {
            "{'" + secret + "':1}",
            "{'mode':'" + secret + "'}",
            "{'threshold':'" + secret + "'}",
            "{'labels':{'" + secret + "':'" + secret + "'}}",
            "{'labels':{'" + secret + "':[],'" + secret + "':[]}}",
            "{'texts':['" + secret + "'] " + secret,
            "{'" + secret + "'",
        }) {
            WireFault fault = fault(json);
            assertThat(fault.at() + fault.detail()).doesNotContain("card").doesNotContain("4111");
        }
        assertThat(fault("{'" + secret + "':1}").at()).isEqualTo("?");
    }

    @Test
    void aFaultBecomesAProblem() {
        Problem problem = fault("{'txts':[]}").toProblem();

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("unknown_field");
        assertThat(problem.at()).isEqualTo("txts");
        assertThat(fault("[]").toProblem().at()).isNull();
    }

    @Test
    void aMapperForFrameworksIsAsStrict() {
        JsonProcessingException failure = catchThrowableOfType(
                JsonProcessingException.class,
                () -> WireJson.newMapper().readValue("{\"top_k\":\"1\"}", ClassifyRequest.class));

        assertThat(WireErrors.fault(failure).at()).isEqualTo("top_k");
    }

    private static void assertMalformed(byte[] json) {
        JsonProcessingException failure =
                catchThrowableOfType(JsonProcessingException.class, () -> WireJson.read(json, ClassifyRequest.class));
        assertThat(WireErrors.fault(failure).code()).isEqualTo(ErrorCode.MALFORMED_JSON);
    }

    private static WireFault fault(String json) {
        String quoted = json.replace('\'', '"');
        JsonProcessingException failure =
                catchThrowableOfType(JsonProcessingException.class, () -> WireJson.read(quoted, ClassifyRequest.class));
        JsonProcessingException sameFromBytes = catchThrowableOfType(
                JsonProcessingException.class,
                () -> WireJson.read(quoted.getBytes(StandardCharsets.UTF_8), ClassifyRequest.class));
        assertThat(WireErrors.fault(sameFromBytes).code())
                .isEqualTo(WireErrors.fault(failure).code());
        return WireErrors.fault(failure);
    }
}
