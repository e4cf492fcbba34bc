package dev.taxon.serving.worker;

import dev.taxon.core.Classifier;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersionInfo;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.StoredContent;
import dev.taxon.serving.adapter.StoredContents;
import dev.taxon.serving.adapter.VersionBases;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.serving.model.ClassifierOpener;
import dev.taxon.training.evaluation.ClassifierPredictor;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The classifier of jobs that need one: loaded for a job and freed after it, since a worker rests most of the time. */
@Singleton
final class Engine {
    private final ClassifierOpener opener;
    private final BaseCheckpoints bases;
    private final AdapterVersions versions;
    private final StoredContents stored;
    private final VersionBases versionBases;

    Engine(
            ClassifierOpener opener,
            BaseCheckpoints bases,
            AdapterVersions versions,
            StoredContents stored,
            VersionBases versionBases) {
        this.opener = opener;
        this.bases = bases;
        this.versions = versions;
        this.stored = stored;
        this.versionBases = versionBases;
    }

    /**
     * What answers.
     *
     * @param adapter empty for the model's own answers
     */
    record Answerer(Classifier classifier, Optional<Adapter> adapter) implements AutoCloseable {
        /** For a task, which may be asked to stop meanwhile. */
        ClassifierPredictor predictor(Heart heart) {
            return new ClassifierPredictor(classifier, adapter, () -> StoppedException.throwIf(heart));
        }

        /** What the adapter says beside its weights. */
        AdapterSettings settings() {
            return adapter.map(Adapter::settings).orElse(AdapterSettings.NONE);
        }

        @Override
        public void close() {
            classifier.close();
        }
    }

    /**
     * Loads the version that a job names, on the base that it belongs to; the current base alone where it names none. The
     * caller closes it. Problems: no such version; its base is not served here; it
     * is damaged.
     */
    Answerer open(Task task, @Nullable String reference) {
        if (reference == null) {
            return new Answerer(opener.open(bases.current()), Optional.empty());
        }
        AdapterVersionInfo version = versions.find(task.tenant(), AdapterReference.parse(reference, "adapter"));
        StoredContent content = StoredContent.of(task.tenant(), version, versionBases.require(version));
        return open(content.base(), stored.read(content, task.folder().resolve("adapter")));
    }

    /** Loads an adapter on a base; the caller closes it. */
    Answerer open(BaseCheckpoint base, Adapter adapter) {
        return new Answerer(opener.open(base), Optional.of(adapter));
    }
}
