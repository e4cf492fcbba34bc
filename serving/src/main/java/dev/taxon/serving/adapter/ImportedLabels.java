package dev.taxon.serving.adapter;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Holds the labels that a folder brings to what those of a request are held to, as calls are answered with them; blank ones never come here. */
final class ImportedLabels {
    private ImportedLabels() {}

    static void check(Adapter adapter, int most) {
        List<CandidateLabel> labels = adapter.settings().labels();
        if (labels.size() > most) {
            throw refused("labels: There are " + labels.size() + ". At most " + most + " may be there.");
        }
        for (int i = 0; i < labels.size(); i++) {
            check(labels.get(i).name(), "labels[" + i + "]");
        }
    }

    private static void check(String label, String at) {
        // Neither half of a surrogate pair nor NUL can be stored and come back as it was.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(label) || label.indexOf(0) >= 0) {
            throw refused(at + " is not well-formed Unicode. Write it anew.");
        }
    }

    private static ProblemException refused(String words) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, AdapterFolder.SETTINGS + ": " + words);
    }
}
