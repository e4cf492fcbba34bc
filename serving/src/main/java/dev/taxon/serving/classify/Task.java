package dev.taxon.serving.classify;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.CandidateLabels;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.InputException;
import dev.taxon.core.Mode;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.deployment.AdmittedAdapter;
import dev.taxon.serving.deployment.ShadowVersion;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.model.Base;
import dev.taxon.serving.model.Bases;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One validated text of a request.
 *
 * @param id the caller's own word for it
 * @param textPlace where the text stands in the request
 */
record Task(@Nullable String id, Place textPlace, String text, Options options) {

    ClassificationInput input() {
        ClassificationInput input = input(options.labels(), options.mode());
        return adapter().map(AdmittedAdapter::reference).map(input::withAdapter).orElse(input);
    }

    /** The version that it gets. */
    Optional<AdmittedAdapter> adapter() {
        return options.adapter();
    }

    /** The model that answers for it: its adapter's, or else the current one. */
    Base base(Bases bases) {
        return adapter().map(AdmittedAdapter::base).orElseGet(bases::current);
    }

    /** The version that is to classify it unseen. */
    Optional<ShadowVersion> shadow() {
        return adapter().flatMap(AdmittedAdapter::shadow);
    }

    /** As it would be had the shadow been active. */
    ClassificationInput shadowInput() {
        AdapterReference shadow = shadow().orElseThrow().reference();
        List<CandidateLabel> own = shadow.settings().labels();
        boolean ownLabels = options.labelsOfAdapter() && !own.isEmpty();
        return input(ownLabels ? CandidateLabels.of(own) : options.labels(), options.mode())
                .withAdapter(shadow);
    }

    private ClassificationInput input(CandidateLabels labels, Mode mode) {
        return new ClassificationInput(text, labels, mode, options.threshold(), options.onLong(), options.maxLength())
                .withContext(options.context());
    }

    /** What the classifier would not take, as a problem at its place in the request. */
    ProblemException refused(InputException failure) {
        Place place =
                failure.field().equals("text") ? textPlace : options.place().field(failure.field());
        return place.problem(code(failure.reason()), String.valueOf(failure.getMessage()));
    }

    private static ErrorCode code(InputException.Reason reason) {
        return switch (reason) {
            case INVALID -> ErrorCode.INVALID_REQUEST;
            case NOT_SUPPORTED -> ErrorCode.NOT_SUPPORTED;
            case LABELS_TOO_LONG -> ErrorCode.LABELS_TOO_LONG;
            case TEXT_TOO_LONG -> ErrorCode.TEXT_TOO_LONG;
        };
    }
}
