package dev.taxon.serving.job;

import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.Label;
import dev.taxon.sdk.wire.LabelSet;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.ResourceName;
import dev.taxon.training.policy.RewardSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What can be said of a request by itself; every refusal names its place and quotes nothing. */
final class RequestRules {
    private static final Set<String> REWARDS = Set.of("f1", "accuracy", "recall", "precision", "feedback");
    /** The largest whole number that every JSON library reads as it is. */
    private static final long LARGEST_SEED = 1L << 53;

    private final LimitSettings limits;

    RequestRules(LimitSettings limits) {
        this.limits = limits;
    }

    /** The request's kind, once all of it has been found in order. */
    JobKind check(JobRequest request) {
        JobKind kind = kind(request);
        Field.refuseForeign(request, kind);
        Integer version = request.version();
        if (version != null && version < 1) {
            throw Field.VERSION.invalid("Versions are counted from 1.");
        }
        if (kind == JobKind.LORA || kind == JobKind.PPO) {
            checkTraining(request);
        } else if (kind == JobKind.CLASSIFY) {
            checkClassification(request);
        } else {
            Field.DATASET.require(request);
        }
        return kind;
    }

    private static JobKind kind(JobRequest request) {
        JobKind kind = request.kind();
        if (kind == null) {
            throw Field.invalid("kind", "The kind is missing. It is lora, ppo, evaluate or classify.");
        }
        if (kind == JobKind.IMPORT) {
            throw Field.invalid(
                    "kind", "Imports come with uploads of datasets. The kind is lora, ppo, evaluate or" + " classify.");
        }
        return kind;
    }

    private static void checkTraining(JobRequest request) {
        Field.ADAPTER.require(request);
        Field.DATASET.require(request);
        ResourceName.check(Objects.requireNonNull(request.adapter()), "adapter");
        Hyperparameters asked = request.hyperparameters();
        if (asked != null) {
            asked.fault().ifPresent(fault -> {
                throw Field.invalid("hyperparameters." + fault.at(), fault.detail());
            });
            checkSize(request, asked);
            checkHeldOut(request, asked);
            checkBatch(request, asked);
        }
        Long seed = request.seed();
        if (seed != null && (seed < 0 || seed > LARGEST_SEED)) {
            throw Field.SEED.invalid("The seed lies between 0 and " + LARGEST_SEED + ".");
        }
        checkRewards(request);
        if (request.compareOn() != null && request.retrain() == null) {
            throw Field.COMPARE_ON.invalid("Only a version that is trained again is compared. Send retrain, too.");
        }
    }

    private static void checkSize(JobRequest request, Hyperparameters asked) {
        if (request.from() != null && (asked.rank() != null || asked.alpha() != null)) {
            throw Field.invalid(
                    "hyperparameters.rank", "The version to go on from brings its own size. Leave rank and alpha out.");
        }
    }

    private static void checkHeldOut(JobRequest request, Hyperparameters asked) {
        if (Boolean.TRUE.equals(request.feedback()) && asked.heldOut() != null) {
            throw Field.invalid(
                    "hyperparameters.held_out", "With feedback, all of the data set judges. Leave held_out out.");
        }
    }

    private static void checkBatch(JobRequest request, Hyperparameters asked) {
        Integer rows = asked.batchRows();
        if (request.kind() == JobKind.PPO && rows != null && rows < 2) {
            throw Field.invalid(
                    "hyperparameters.batch_rows",
                    "What one answer earned is held against others of its batch. Take at least 2 rows.");
        }
    }

    private static void checkRewards(JobRequest request) {
        Map<String, Double> rewards = request.rewards();
        if (rewards == null) {
            return;
        }
        if (rewards.isEmpty()) {
            throw Field.REWARDS.invalid("There is no reward. Name one with its weight, such as {\"f1\": 1}.");
        }
        rewards.forEach((name, weight) -> {
            if (!REWARDS.contains(name)) {
                throw Field.REWARDS.invalid("The rewards are f1, accuracy, recall, precision and feedback.");
            }
            if (!RewardSettings.isWeight(weight)) {
                throw Field.REWARDS.invalid(
                        "A weight is a number above 0 and at most 1,000,000. Leave out what is not to count.");
            }
        });
        if (rewards.containsKey("feedback") && !Boolean.TRUE.equals(request.feedback())) {
            throw Field.REWARDS.invalid("The reward feedback needs \"feedback\": true.");
        }
    }

    private void checkClassification(JobRequest request) {
        List<String> texts = request.texts();
        if ((texts == null) == (request.dataset() == null)) {
            throw Field.TEXTS.invalid("Send either texts or a dataset.");
        }
        if (texts != null) {
            checkTexts(texts);
            if (request.version() != null) {
                throw Field.VERSION.invalid("Texts have no version. Leave it out.");
            }
            if (request.labels() == null && request.adapter() == null) {
                throw Field.LABELS.invalid("Labels are missing. Send them, or an adapter that has its own.");
            }
        }
        if (request.labels() != null) {
            checkLabels(request.labels());
        }
    }

    private void checkTexts(List<String> texts) {
        if (texts.isEmpty()) {
            throw Field.TEXTS.invalid("There are no texts. Send at least 1.");
        }
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            if (text.isBlank() || text.codePointCount(0, text.length()) > limits.textCharacters()) {
                throw Field.invalid(
                        "texts[" + i + "]",
                        "A text has 1 to " + limits.textCharacters() + " characters, and some that are not blank.");
            }
        }
    }

    private void checkLabels(LabelSet set) {
        List<Label> labels = flatten(set);
        if (labels.isEmpty() || labels.size() > limits.labels()) {
            throw Field.LABELS.invalid("There are " + labels.size() + " labels. Send 1 to " + limits.labels() + ".");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.get(i).name();
            if (name.isBlank() || !seen.add(name)) {
                throw Field.invalid("labels[" + i + "]", "Labels are not blank, and each is there once.");
            }
        }
    }

    private static List<Label> flatten(LabelSet set) {
        try {
            return set.flatten();
        } catch (IllegalArgumentException tooLarge) {
            throw Field.LABELS.invalid(String.valueOf(tooLarge.getMessage()));
        }
    }
}
