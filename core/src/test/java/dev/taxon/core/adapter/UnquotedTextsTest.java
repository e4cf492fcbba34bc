package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever reads why a folder was refused need not be who wrote it. */
class UnquotedTextsTest {
    private static final AdapterFolder READER = TestAdapters.reader();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"peft_type\":\"Jane Doe\"} | {} | peft_type is a text of 8 characters",
                "{\"peft_type\":[\"Jane Doe\"]} | {} | peft_type is a list of 1 entries; it must be a string",
                "{\"peft_type\":\"LORA\",\"bias\":\"Jane Doe\"} | {} | it supports none",
                "{\"peft_type\":\"LORA\",\"init_lora_weights\":\"Jane Doe\"} | {} | gaussian",
                "{\"peft_type\":\"LORA\",\"lora_alpha\":\"Jane Doe\"} | {} | it must be a number",
                "{\"peft_type\":\"LORA\",\"alpha_pattern\":\"Jane Doe\"} | {} | it must be an object",
                "{\"peft_type\":\"LORA\",\"alpha_pattern\":{\"a\":1,\"Jane Doe\":\"b\"}} | {} | entry 2 of alpha_pattern",
                "{\"peft_type\":\"LORA\",\"alpha_pattern\":{\"Jane Doe\":1e30}} | {} | entry 1 of alpha_pattern is 1.0E30",
                "{\"peft_type\":\"LORA\",\"Jane Doe\":3} | {} | a field of no known name",
                "{\"peft_type\":\"LORA\",\"modules_to_save\":\"Jane Doe\"} | {} | it must be a list of strings",
                "{\"peft_type\":\"LORA\"} | {\"mode\":\"Jane Doe\"} | it must be single-label or multi-label",
                "{\"peft_type\":\"LORA\"} | {\"temperature\":{\"Jane Doe\":1}} | an object of 1 entries",
                "{\"peft_type\":\"LORA\"} | {\"base_digest\":\"Jane Doe\"} | a base that base_digest names otherwise"
            })
    void refusalsQuoteNoText(String config, String own, String named) throws IOException {
        TestAdapters.write(folder, config, TestAdapters.lowRank());
        TestAdapters.settings(folder, own);
        assertThatThrownBy(() -> READER.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("Jane");
    }

    @Test
    void norNamesOfTensorsThatAreNoPathsOfModules() throws IOException {
        TestAdapters.write(folder, "{\"peft_type\":\"LORA\"}", Map.of("Jane Doe", List.of(2L, 48L)));
        assertThatThrownBy(() -> READER.read(folder))
                .hasMessageContaining("tensor of a name of 8 characters cannot be used")
                .hasMessageNotContaining("Jane");
    }
}
