package dev.taxon.serving.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.ProblemException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {
    private final RequestRules rules = new RequestRules(limits());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets'}",
                "{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets', 'version': 3, 'from': 'support@2', 'mode':"
                        + " 'multi-label', 'seed': 0, 'hyperparameters': {'epochs': 1000, 'learning_rate': 0.1, 'folds': 0,"
                        + " 'warmup': 0, 'weight_decay': 1, 'max_labels': 2, 'batch_tokens': 64, 'max_length': 8}}",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'rank': 256, 'alpha': 0.5,"
                        + " 'held_out': 0.5}}",
                "{'kind': 'ppo', 'adapter': 'support', 'dataset': 'tickets', 'rewards': {'f1': 1, 'recall': 0.5},"
                        + " 'hyperparameters': {'kl': 0, 'entropy': 10, 'clip_range': 0.2}}",
                "{'kind': 'ppo', 'adapter': 'support', 'dataset': 'tickets', 'feedback': true, 'rewards': {'feedback': 2}}",
                "{'kind': 'evaluate', 'dataset': 'tickets'}",
                "{'kind': 'evaluate', 'dataset': 'tickets', 'adapter': 'support@3', 'mode': 'single-label'}",
                "{'kind': 'classify', 'dataset': 'tickets', 'adapter': 'support'}",
                "{'kind': 'classify', 'texts': ['a', 'b'], 'labels': ['x', {'name': 'y', 'description': 'z'}]}"
            })
    void takesWhatMakesSense(String request) {
        assertThat(rules.check(read(request))).isIn((Object[]) JobKind.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|kind",
                "{'kind': 'import'}|kind",
                "{'kind': 'lora', 'dataset': 'd'}|adapter",
                "{'kind': 'lora', 'adapter': 'a'}|dataset",
                "{'kind': 'lora', 'adapter': 'a/b', 'dataset': 'd'}|adapter",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'version': 0}|version",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'seed': -1}|seed",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'rewards': {'f1': 1}}|rewards",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'texts': ['x']}|texts",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'from': 'a@1', 'hyperparameters': {'rank': 8}}"
                        + "|hyperparameters.rank",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'rank': 0}}|hyperparameters.rank",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'rank': 257}}|hyperparameters.rank",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'alpha': 0}}|hyperparameters.alpha",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'learning_rate': 0.2}}"
                        + "|hyperparameters.learning_rate",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'epochs': 1001}}"
                        + "|hyperparameters.epochs",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'batch_tokens': 63}}"
                        + "|hyperparameters.batch_tokens",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'folds': 1}}|hyperparameters.folds",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'folds': 2, 'held_out': 0.1}}"
                        + "|hyperparameters.held_out",
                "{'kind': 'lora', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'kl': 1}}|hyperparameters.kl",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'folds': 2}}|hyperparameters.folds",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'clip_range': 1}}"
                        + "|hyperparameters.clip_range",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'hyperparameters': {'batch_rows': 1}}"
                        + "|hyperparameters.batch_rows",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'rewards': {}}|rewards",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'rewards': {'cost': 1}}|rewards",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'rewards': {'f1': 0}}|rewards",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'rewards': {'feedback': 1}}|rewards",
                "{'kind': 'ppo', 'adapter': 'a', 'dataset': 'd', 'feedback': true, 'hyperparameters': {'held_out': 0.2}}"
                        + "|hyperparameters.held_out",
                "{'kind': 'evaluate'}|dataset",
                "{'kind': 'evaluate', 'dataset': 'd', 'labels': ['x']}|labels",
                "{'kind': 'classify'}|texts",
                "{'kind': 'classify', 'dataset': 'd', 'texts': ['x']}|texts",
                "{'kind': 'classify', 'texts': []}|texts",
                "{'kind': 'classify', 'texts': ['x', ' '], 'adapter': 'a'}|texts[1]",
                "{'kind': 'classify', 'texts': ['x']}|labels",
                "{'kind': 'classify', 'texts': ['x'], 'labels': []}|labels",
                "{'kind': 'classify', 'texts': ['x'], 'labels': ['y', 'y']}|labels[1]"
            })
    void refusesWhatDoesNotAndSaysWhere(String request, String at) {
        JobRequest read = read(request);

        assertThatThrownBy(() -> rules.check(read)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            Problem problem = refusal.problem();
            assertThat(problem.errorCode()).contains(ErrorCode.INVALID_REQUEST);
            assertThat(problem.at()).isEqualTo(at);
            assertThat(problem.detail()).endsWith(".");
        });
    }

    @Test
    void aRequestIsTheSameAfterItWasStored() throws JsonProcessingException {
        JobRequest request =
                read("{'kind': 'classify', 'dataset': 'd', 'labels': {'a': ['b', 'c']}, 'adapter': 'a@1'}");

        assertThat(WireJson.read(WireJson.string(request), JobRequest.class)).isEqualTo(request);
    }

    private static JobRequest read(String json) {
        try {
            return WireJson.read(json.replace('\'', '"'), JobRequest.class);
        } catch (JsonProcessingException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static LimitSettings limits() {
        return new SmallRyeConfigBuilder()
                .withMapping(LimitSettings.class, "taxon.limits")
                .withSources(new PropertiesConfigSource(Map.of(), "test", 100))
                .build()
                .getConfigMapping(LimitSettings.class, "taxon.limits");
    }
}
