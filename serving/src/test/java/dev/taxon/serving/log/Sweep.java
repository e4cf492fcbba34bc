package dev.taxon.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.fixture.AdapterZips;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Everything that a tenant may do with texts, well and badly, each with its word in it. */
final class Sweep {
    private static final String LABELS = "'labels': ['quagga billing', 'quagga delivery']";
    private static final String TEXT = "'texts': ['quagga text'], ";
    /** Short enough for a data set, and too long for the model. */
    private static final String ENDLESS = "quagga" + " a b".repeat(1_000);

    private final MarkedTenant tenant;

    Sweep(MarkedTenant tenant) {
        this.tenant = tenant;
    }

    void everything() {
        tenant.done("PUT", "/v1/settings", "{'capture_texts': true, 'feedback': true}");
        tenant.done("POST", "/v1/webhooks", "{'url': 'http://127.0.0.1:9/'}");
        classify();
        feedback();
        datasets();
        jobs();
        adapters();
    }

    private void classify() {
        tenant.done(
                "POST",
                "/v1/classify",
                "{'inputs': [{'text': 'quagga text', 'id': 'quagga id', 'prompt': 'quagga prompt',"
                        + " 'labels': [{'name': 'quagga label', 'description': 'quagga description'}, 'other'],"
                        + " 'examples': [{'text': 'quagga example', 'labels': ['quagga label']}]},"
                        + " {'text': 'quagga text', 'labels': ['quagga label', 'other'], 'retrieved_examples': [{"
                        + "'text': 'quagga retrieved', 'true_labels': ['quagga label'], 'false_labels': ['other']}]}]}");
        List.of(
                        "{'texts': ['quagga cut off",
                        "quagga is no JSON",
                        "['quagga']",
                        "{" + TEXT + "'labels': ['quagga twice', 'quagga twice']}",
                        "{" + TEXT + "'labels': 'quagga alone'}",
                        "{" + TEXT + "'labels': ['quagga half \\ud800', 'b']}",
                        "{" + TEXT + "'labels': ['" + ENDLESS + "', 'b']}",
                        "{'texts': [['quagga nested']], " + LABELS + "}",
                        "{'texts': ['quagga half \\ud800'], " + LABELS + "}",
                        "{'texts': ['" + ENDLESS + "'], 'on_long': 'error', " + LABELS + "}",
                        "{" + TEXT + LABELS + ", 'mode': 'quagga mode'}",
                        "{" + TEXT + LABELS + ", 'threshold': 'quagga threshold'}",
                        "{" + TEXT + LABELS + ", 'max_length': 'quagga length'}",
                        "{" + TEXT + LABELS + ", 'prompt': ['quagga prompt']}",
                        "{" + TEXT + LABELS + ", 'prompt': '" + ENDLESS + "'}",
                        "{" + TEXT + LABELS + ", 'examples': [{'text': ['quagga nested'], 'labels': []}]}",
                        "{" + TEXT + LABELS + ", 'adapter': 'quagga no adapter'}")
                .forEach(body -> tenant.refused("POST", "/v1/classify", body));
    }

    private void feedback() {
        JsonNode answer = tenant.done("POST", "/v1/classify", "{" + TEXT + LABELS + "}");
        String call =
                "{'request_id': '" + answer.get("request_id").asText() + "', 'index': 0, 'verdict': 'corrected', ";
        tenant.done("POST", "/v1/feedback", call + "'labels': ['quagga billing'], 'text': 'quagga text'}");
        List.of(
                        call + "'labels': ['quagga unknown']}",
                        call + "'labels': ['quagga billing', 'quagga billing']}",
                        call + "'labels': ['quagga \\u0000']}",
                        call + "'labels': ['quagga billing'], 'text': 'quagga \\u0000'}",
                        call + "'labels': ['quagga billing'], 'text': 'quagga \\ud800'}",
                        call + "'labels': 'quagga billing'}",
                        call.replace("corrected", "quagga verdict") + "'labels': ['quagga billing']}",
                        call + "'labels': ['quagga cut off")
                .forEach(body -> tenant.refused("POST", "/v1/feedback", body));
    }

    private void datasets() {
        tenant.done("POST", "/v1/datasets", "{'name': 'mails'}");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            rows.append(row("quagga invoice " + i, "quagga billing"))
                    .append(row("quagga parcel " + i, "quagga delivery"));
        }
        assertThat(tenant.upload("mails", "application/jsonl", bytes(rows.toString()))
                        .path("state")
                        .asText())
                .isEqualTo("ready");
        tenant.refusedUpload("mails", "text/csv", bytes("text,label\n\"quagga open,a\nb,b\n"));
        tenant.refusedUpload("mails", "text/csv", bytes("text,label\nquagga,quagga,quagga\nb,b\n"));
        tenant.refusedUpload("mails", "text/csv", bytes("quagga head,a\nquagga cell,b\n"));
        tenant.refusedUpload("mails", "application/jsonl", bytes("{\"text\": \"quagga\", \"label\"}\n"));
        tenant.refusedUpload("mails", "application/jsonl", bytes("{\"text\": \"quagga\", \"quagga\": \"quagga\"}\n"));
        tenant.refusedUpload("mails", "application/jsonl", bytes(row("quagga alone", "quagga label")));
        tenant.refusedUpload(
                "mails", "text/csv", "text,label\nquagga é,a\nb,b\n".getBytes(StandardCharsets.ISO_8859_1));
        tenant.refusedUpload("mails", "application/vnd.apache.parquet", bytes("PAR1 quagga PAR1"));
        tenant.done("POST", "/v1/datasets", "{'name': 'endless'}");
        tenant.upload("endless", "application/jsonl", bytes(row("quagga", ENDLESS) + row("quagga too", "b")));
    }

    private void jobs() {
        succeeded("{'kind': 'lora', 'adapter': 'support', 'dataset': 'mails', 'version': 1,"
                + " 'hyperparameters': {'rank': 4, 'epochs': 1}}");
        succeeded("{'kind': 'evaluate', 'adapter': 'support@1', 'dataset': 'mails', 'version': 1}");
        succeeded("{'kind': 'classify', 'texts': ['quagga one', 'quagga two'], " + LABELS + "}");
        assertThat(tenant.job("{'kind': 'lora', 'adapter': 'other', 'dataset': 'endless'}")
                        .path("state")
                        .asText())
                .isEqualTo("failed");
        List.of(
                        "{'kind': 'quagga kind'}",
                        "{'kind': 'classify', 'texts': ['quagga text'], 'labels': ['quagga twice', 'quagga twice']}",
                        "{'kind': 'classify', 'texts': [['quagga nested']], " + LABELS + "}",
                        "{'kind': 'lora', 'adapter': 'support', 'dataset': 'mails', 'seed': 'quagga seed'}",
                        "{'kind': 'classify', 'texts': ['quagga cut off")
                .forEach(body -> tenant.refused("POST", "/v1/jobs", body));
    }

    private void succeeded(String request) {
        JsonNode ended = tenant.job(request);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("succeeded");
    }

    /** Refused settings of adapter_config.json are named with their value: those are PEFT's words, and no texts. */
    private void adapters() {
        tenant.done("POST", "/v1/adapters/support/promote", "{'version': 1}");
        List.of(
                        bytes("quagga is no zip"),
                        AdapterZips.zip(Map.of("quagga name", bytes("quagga content"))),
                        AdapterZips.zip(Map.of("adapter_config.json", bytes("quagga is no JSON"))),
                        AdapterZips.zip(Map.of(
                                "adapter_config.json",
                                bytes("{\"peft_type\": \"LORA\"}"),
                                "adapter_model.safetensors",
                                bytes("quagga tensors"),
                                "taxon.json",
                                bytes("{\"labels\": [\"quagga label\", 7]}"))))
                .forEach(zip -> tenant.refused("POST", "/v1/adapters/imported/versions", "application/zip", zip));
    }

    private static String row(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
