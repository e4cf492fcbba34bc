package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.serving.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdapterReferenceTest {
    @Test
    void readsBothForms() {
        assertThat(AdapterReference.parse("support", "adapter").number()).isEmpty();
        assertThat(AdapterReference.parse("support@3", "adapter")).isEqualTo(AdapterReference.to("support", 3));
        assertThat(AdapterReference.parse("a.b_c-1@12", "adapter")).hasToString("a.b_c-1@12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "@3", "a@", "a@0", "a@03", "a@-1", "a@b", "a@1@2", "a@99999999999", "a b", "../a", "ä"})
    void refusesOthersAtTheirPlace(String value) {
        assertThatThrownBy(() -> AdapterReference.parse(value, "inputs[1].adapter"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().at()).isEqualTo("inputs[1].adapter"));
    }
}
