package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;

/** Ends an import with a version that is refused. */
final class ImportStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ImportStop(ErrorCode code, String detail) {
        this(Problem.of(code, detail));
    }

    ImportStop(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
