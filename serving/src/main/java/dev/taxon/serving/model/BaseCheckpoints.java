package dev.taxon.serving.model;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.models.BuiltInModels;
import dev.taxon.sdk.wire.ModelState;
import dev.taxon.serving.config.TaxonSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The base models that the settings name: the current one, and those that go on being served beside it. Thread-safe. */
@Singleton
public final class BaseCheckpoints {
    /** What stands for the built-in model among folders. */
    public static final String BUILT_IN = "taxon-small";

    private final List<BaseCheckpoint> all;

    @Inject
    BaseCheckpoints(TaxonSettings settings) {
        this(settings.model(), settings.otherModels().orElse(List.of()));
    }

    BaseCheckpoints(Optional<Path> current, List<String> others) {
        List<BaseCheckpoint> bases = new ArrayList<>();
        bases.add(new BaseCheckpoint(source(current), ModelState.CURRENT));
        for (String other : others) {
            Optional<Path> folder = other.equals(BUILT_IN) ? Optional.empty() : Optional.of(Path.of(other));
            bases.add(new BaseCheckpoint(source(folder), ModelState.DEPRECATED));
        }
        this.all = List.copyOf(bases);
    }

    private static Supplier<Checkpoint> source(Optional<Path> folder) {
        return () -> folder.map(Checkpoints::open).or(EarlyModel::take).orElseGet(BuiltInModels::taxonSmall);
    }

    /** The one that answers where no adapter says otherwise, and that adapters are trained on. */
    public BaseCheckpoint current() {
        return all.get(0);
    }

    /** All of them, the current one first. */
    public List<BaseCheckpoint> all() {
        return all;
    }

    /**
     * The one that is meant.
     *
     * @param digest of its content; where nobody knows it, the name decides
     */
    public Optional<BaseCheckpoint> find(@Nullable String digest, String name) {
        return find(
                digest == null
                        ? base -> base.name().equals(name)
                        : base -> base.digest().equals(digest));
    }

    private Optional<BaseCheckpoint> find(Predicate<BaseCheckpoint> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    /** Throws {@link IllegalStateException}, in one sentence, where a call could not tell two of them apart. */
    void requireDistinct() {
        for (int i = 1; i < all.size(); i++) {
            BaseCheckpoint base = all.get(i);
            List<BaseCheckpoint> before = all.subList(0, i);
            if (before.stream().anyMatch(other -> other.digest().equals(base.digest()))) {
                throw new IllegalStateException("The base model " + base.name()
                        + " is named twice, by taxon.model (--model) and taxon.other-models (--also); name it once.");
            }
            if (before.stream().anyMatch(other -> other.name().equals(base.name()))) {
                throw new IllegalStateException(
                        "Two base models of taxon.model (--model) and taxon.other-models (--also)"
                                + " are called " + base.name()
                                + ", by which answers could not tell them apart; give one of them"
                                + " another name in its config.json.");
            }
        }
    }
}
