package dev.taxon.serving.classify;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;

/**
 * A place in a request, {@code inputs[3].labels[1]}.
 *
 * @param path empty for the request itself
 */
record Place(String path) {
    static final Place ROOT = new Place("");

    Place field(String name) {
        return new Place(path.isEmpty() ? name : path + "." + name);
    }

    Place item(int index) {
        return new Place(path + "[" + index + "]");
    }

    ProblemException invalid(String detail) {
        return problem(ErrorCode.INVALID_REQUEST, detail);
    }

    ProblemException notSupported(String detail) {
        return problem(ErrorCode.NOT_SUPPORTED, detail);
    }

    ProblemException problem(ErrorCode code, String detail) {
        return new ProblemException(Problem.of(code, detail).withAt(path.isEmpty() ? null : path));
    }
}
