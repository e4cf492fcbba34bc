package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.training.policy.RewardSettings;
import dev.taxon.training.supervised.SupervisedDefaults;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.supervised.Validation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoraRecipeTest {

    @Test
    void whatIsLeftOpenFollowsFromTheData() {
        assertThat(LoraRecipe.settings(Hyperparameters.DEFAULTS, 32, 4, Mode.SINGLE_LABEL, 7))
                .isEqualTo(SupervisedDefaults.of(32, 4, Mode.SINGLE_LABEL, 7));
    }

    @Test
    void whatIsAskedForHolds() throws JsonProcessingException {
        Hyperparameters asked = WireJson.read(
                "{\"rank\": 4, \"learning_rate\": 0.002, \"epochs\": 3, \"batch_rows\": 5, \"batch_tokens\": 100,"
                        + " \"max_labels\": 6, \"warmup\": 0.3, \"weight_decay\": 0.4, \"held_out\": 0.25}",
                Hyperparameters.class);

        SupervisedSettings settings = LoraRecipe.settings(asked, 32, 4, Mode.SINGLE_LABEL, 7);

        assertThat(settings.size().rank()).isEqualTo(4);
        assertThat(settings.size().alpha()).isEqualTo(8);
        assertThat(settings.rates().down()).isEqualTo(0.002);
        assertThat(settings.rates().up()).isEqualTo(0.002);
        assertThat(settings.rates().warmupShare()).isEqualTo(0.3);
        assertThat(settings.rates().weightDecay()).isEqualTo(0.4);
        assertThat(settings.schedule()).isEqualTo(new SupervisedSettings.Schedule(3, 5, 100));
        assertThat(settings.candidates().most()).isEqualTo(6);
        assertThat(settings.validation()).isEqualTo(SupervisedDefaults.heldOut(0.25));
    }

    @Test
    void noFoldsIsNoValidation() throws JsonProcessingException {
        Hyperparameters none = WireJson.read("{\"folds\": 0}", Hyperparameters.class);
        Hyperparameters three = WireJson.read("{\"folds\": 3}", Hyperparameters.class);

        assertThat(LoraRecipe.settings(none, 32, 4, Mode.SINGLE_LABEL, 7).validation())
                .isEqualTo(new Validation.Skipped());
        assertThat(LoraRecipe.settings(three, 32, 4, Mode.SINGLE_LABEL, 7).validation())
                .isEqualTo(new Validation.CrossFitted(3));
    }

    @Test
    void rewardsFollowFromWhatIsLearnedFrom() {
        assertThat(PpoRecipe.rewards(null, false)).isEqualTo(RewardSettings.defaults());
        assertThat(PpoRecipe.rewards(null, true)).isEqualTo(RewardSettings.parse("feedback=1"));
        assertThat(PpoRecipe.rewards(Map.of("recall", 0.5), false)).isEqualTo(RewardSettings.parse("recall=0.5"));
    }
}
