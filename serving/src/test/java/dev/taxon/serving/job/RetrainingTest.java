package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainingTest {
    private static final String ONCE =
            "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'version': 2, 'seed': 7,"
                    + " 'retrain': 'support@1', 'compare_on': 'holdout@1', 'hyperparameters': {'rank': 4, 'folds': 3}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'version': 2, 'seed': 7,"
                        + " 'hyperparameters': {'rank': 4, 'folds': 3}}",
                "{'adapter': 'other', 'seed': 8}|{'kind': 'lora', 'adapter': 'other', 'dataset': 'tickets', 'version': 2,"
                        + " 'seed': 8, 'hyperparameters': {'rank': 4, 'folds': 3}}",
                "{'dataset': 'mails'}|{'kind': 'lora', 'adapter': 'support', 'dataset': 'mails', 'seed': 7,"
                        + " 'hyperparameters': {'rank': 4, 'folds': 3}}",
                "{'hyperparameters': {'held_out': 0.5}}|{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets',"
                        + " 'version': 2, 'seed': 7, 'hyperparameters': {'rank': 4, 'held_out': 0.5}}",
                "{'from': 'support@3'}|{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'version': 2, 'seed': 7,"
                        + " 'hyperparameters': {'folds': 3}, 'from': 'support@3'}"
            })
    void whatIsGivenCountsInPlaceOfWhatWasOnce(String given, String expected) {
        assertThat(Retraining.merged(read(ONCE), read(given))).isEqualTo(read(expected));
    }

    @Test
    void aShareThatHasNoUseBesideFeedbackIsLeftOutUnlessItIsGiven() {
        String once = "{'kind': 'ppo', 'feedback': true, 'hyperparameters': {'held_out': 0.2, 'epochs': 3}}";
        assertThat(Retraining.merged(read(once), read("{}")))
                .isEqualTo(read("{'kind': 'ppo', 'feedback': true, 'hyperparameters': {'epochs': 3}}"));
        assertThat(Retraining.merged(read(once), read("{'hyperparameters': {'held_out': 0.3}}")))
                .isEqualTo(
                        read("{'kind': 'ppo', 'feedback': true, 'hyperparameters': {'epochs': 3, 'held_out': 0.3}}"));
    }

    private static ObjectNode read(String json) {
        try {
            return new ObjectMapper().readValue(json.replace('\'', '"'), ObjectNode.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }
}
