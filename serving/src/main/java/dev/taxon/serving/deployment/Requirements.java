package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.PromoteRequest;
import dev.taxon.sdk.wire.Requirement;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds promotions to what they require. Versions are compared on one data set version that both were judged on by
 * evaluation jobs: by macro F1, or by accuracy where rows differ in their labels. Figures that were measured on other rows are
 * never compared. Inside the caller's tenant transaction.
 */
@Singleton
final class Requirements {
    private final Judgements judgements;

    Requirements(Judgements judgements) {
        this.judgements = judgements;
    }

    /** Throws a problem when the version is not what is required, or nobody can tell. */
    void check(DeploymentState state, PromoteRequest request) {
        if (request.dataset() != null && request.require() == null) {
            throw new ProblemException(
                    Problem.of(ErrorCode.INVALID_REQUEST, "A data set only says what a requirement is measured on.")
                            .withAt("dataset"));
        }
        Optional<UUID> dataset = Optional.ofNullable(request.dataset()).map(this::dataset);
        Integer active = state.active();
        if (request.require() == Requirement.BETTER_THAN_ACTIVE && active != null) {
            requireBetter(state.name(), active, request, dataset);
        }
    }

    private void requireBetter(String name, int active, PromoteRequest request, Optional<UUID> dataset) {
        Map<UUID, Judgement> ofActive = judgements.of(AdapterReference.to(name, active));
        Map<UUID, Judgement> ofNew = judgements.of(AdapterReference.to(name, request.version()));
        UUID shared = candidates(dataset, ofActive.keySet()).stream()
                .filter(candidate -> comparable(ofActive.get(candidate), ofNew.get(candidate)))
                .findFirst()
                .orElseThrow(() -> cannotTell(active, request.version()));
        requireBetter(
                active,
                Objects.requireNonNull(ofActive.get(shared)),
                request.version(),
                Objects.requireNonNull(ofNew.get(shared)));
    }

    private static boolean comparable(@Nullable Judgement before, @Nullable Judgement after) {
        return before != null && after != null && before.isComparableWith(after);
    }

    private static void requireBetter(int active, Judgement before, int version, Judgement after) {
        boolean byF1 = before.macroF1().isPresent() && after.macroF1().isPresent();
        double old = byF1 ? before.macroF1().getAsDouble() : before.accuracy();
        double fresh = byF1 ? after.macroF1().getAsDouble() : after.accuracy();
        if (fresh <= old) {
            throw Deployments.conflict(String.format(
                    Locale.ROOT,
                    "Version %d is not better than version %d, which is active: %s %.4f against %.4f on the same rows.",
                    version,
                    active,
                    byF1 ? "macro F1" : "accuracy",
                    fresh,
                    old));
        }
    }

    /** The data set version that is named; otherwise the latest of those that the active version was judged on. */
    private List<UUID> candidates(Optional<UUID> named, Set<UUID> ofActive) {
        return named.map(List::of).orElseGet(() -> judgements.latestFirst(ofActive));
    }

    private UUID dataset(String named) {
        AdapterReference form = AdapterReference.parse(named, "dataset");
        return judgements
                .dataset(form.name(), form.number().orElseThrow(Requirements::noSuchDataset))
                .orElseThrow(Requirements::noSuchDataset);
    }

    private static ProblemException noSuchDataset() {
        return new ProblemException(
                Problem.of(ErrorCode.NOT_FOUND, "There is no such data set version. Name one as tickets@2.")
                        .withAt("dataset"));
    }

    private static ProblemException cannotTell(int active, int version) {
        return Deployments.conflict("Whether version " + version + " is better than version " + active
                + ", which is active, cannot be told: evaluate both on the same data set version, in the same mode and"
                + " with no row erased between, with jobs of kind evaluate, and ask again.");
    }
}
