package dev.taxon.serving.classify;

import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.deployment.AdapterAdmission;
import dev.taxon.serving.deployment.AdmittedAdapter;
import dev.taxon.serving.http.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The adapters that one request names, each resolved once, whatever happens to it meanwhile. Filled by one thread; then safe
 * to read by any.
 */
final class RequestAdapters implements AutoCloseable {
    private final AdapterAdmission admission;
    private final Caller caller;
    private final Map<String, AdmittedAdapter> admitted = new LinkedHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    RequestAdapters(AdapterAdmission admission, Caller caller) {
        this.admission = admission;
        this.caller = caller;
    }

    /** The version that an input gets; a problem at its place when there is none. */
    AdmittedAdapter admit(Place place, String name) {
        AdmittedAdapter known = admitted.get(name);
        if (known == null) {
            known = resolve(place, name);
            admitted.put(name, known);
        }
        return known;
    }

    /** Whether an answer made under them may be sent now. */
    boolean mayAnswer() {
        return admitted.values().stream().allMatch(AdmittedAdapter::mayAnswer);
    }

    /** The request was answered, or will not be; saying so again changes nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            admitted.values().forEach(AdmittedAdapter::close);
        }
    }

    private AdmittedAdapter resolve(Place place, String name) {
        AdapterReference reference = AdapterReference.parse(name, place.path());
        try {
            return admission.admit(caller.share().tenant(), reference, caller.routingKey());
        } catch (ProblemException refused) {
            Problem at = refused.problem().withAt(place.path());
            throw new ProblemException(at, refused.retryAfter().orElse(null));
        }
    }
}
