package dev.taxon.serving.job;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.JobKind;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields that only some kinds of job have. */
enum Field {
    ADAPTER("adapter", JobRequest::adapter, EnumSet.complementOf(EnumSet.of(JobKind.IMPORT))),
    FROM("from", JobRequest::from, EnumSet.of(JobKind.LORA, JobKind.PPO)),
    DATASET("dataset", JobRequest::dataset, EnumSet.complementOf(EnumSet.of(JobKind.IMPORT))),
    VERSION("version", JobRequest::version, EnumSet.complementOf(EnumSet.of(JobKind.IMPORT))),
    TEXTS("texts", JobRequest::texts, EnumSet.of(JobKind.CLASSIFY)),
    LABELS("labels", JobRequest::labels, EnumSet.of(JobKind.CLASSIFY)),
    SEED("seed", JobRequest::seed, EnumSet.of(JobKind.LORA, JobKind.PPO)),
    HYPERPARAMETERS("hyperparameters", JobRequest::hyperparameters, EnumSet.of(JobKind.LORA, JobKind.PPO)),
    REWARDS("rewards", JobRequest::rewards, EnumSet.of(JobKind.PPO)),
    FEEDBACK("feedback", JobRequest::feedback, EnumSet.of(JobKind.PPO)),
    RETRAIN("retrain", JobRequest::retrain, EnumSet.of(JobKind.LORA, JobKind.PPO)),
    COMPARE_ON("compare_on", JobRequest::compareOn, EnumSet.of(JobKind.LORA, JobKind.PPO)),
    MAX_LABELS("hyperparameters.max_labels", hyperparameter(Hyperparameters::maxLabels), EnumSet.of(JobKind.LORA)),
    WARMUP("hyperparameters.warmup", hyperparameter(Hyperparameters::warmup), EnumSet.of(JobKind.LORA)),
    WEIGHT_DECAY(
            "hyperparameters.weight_decay", hyperparameter(Hyperparameters::weightDecay), EnumSet.of(JobKind.LORA)),
    FOLDS("hyperparameters.folds", hyperparameter(Hyperparameters::folds), EnumSet.of(JobKind.LORA)),
    KL("hyperparameters.kl", hyperparameter(Hyperparameters::kl), EnumSet.of(JobKind.PPO)),
    ENTROPY("hyperparameters.entropy", hyperparameter(Hyperparameters::entropy), EnumSet.of(JobKind.PPO)),
    CLIP_RANGE("hyperparameters.clip_range", hyperparameter(Hyperparameters::clipRange), EnumSet.of(JobKind.PPO));

    private final String path;
    private final Function<JobRequest, @Nullable Object> value;
    private final Set<JobKind> kinds;

    Field(String path, Function<JobRequest, @Nullable Object> value, Set<JobKind> kinds) {
        this.path = path;
        this.value = value;
        this.kinds = kinds;
    }

    private static Function<JobRequest, @Nullable Object> hyperparameter(
            Function<Hyperparameters, @Nullable Object> value) {
        return request -> {
            Hyperparameters all = request.hyperparameters();
            return all == null ? null : value.apply(all);
        };
    }

    /** Refuses a field that the request's kind does not have. */
    static void refuseForeign(JobRequest request, JobKind kind) {
        for (Field field : values()) {
            if (field.value.apply(request) != null && !field.kinds.contains(kind)) {
                throw field.invalid("A job of this kind has no such field. Leave it out.");
            }
        }
    }

    /** Refuses a request without the field. */
    void require(JobRequest request) {
        if (value.apply(request) == null) {
            throw invalid("This field is missing. A job of this kind needs it.");
        }
    }

    ProblemException invalid(String detail) {
        return invalid(path, detail);
    }

    static ProblemException invalid(String at, String detail) {
        return new ProblemException(
                Problem.of(ErrorCode.INVALID_REQUEST, detail).withAt(at));
    }
}
