package dev.taxon.training.adapter;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.training.Setting;
import dev.taxon.training.step.AdapterSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done: an adapter that learns, from examples or from rewards. A kind of job tells what it learns from and
 * how; {@link AdapterTraining} does all that is done the same way whatever is learned from.
 */
public sealed interface AdapterJob permits SupervisedJob, RewardedJob {

    /** How rows are answered. */
    Mode mode();

    /** The labels that the adapter is for, in order; empty where rows have label sets of their own. */
    List<String> labels();

    /** Of the adapter, where there is none to go on from. */
    AdapterSize size();

    /** The most tokens of a step, labels apart. */
    int batchTokens();

    /** The most tokens of a row; null for the model's own limit. */
    @Nullable
    Integer maxLength();

    /** An adapter to go on from, whose layers and ranks hold instead of the job's size; without it, the model as it is. */
    Optional<Adapter> start();

    /**
     * Facts on model and data, such as their digests, that a run which goes on must share, by name; they become part of the
     * adapter's lineage.
     */
    Map<String, String> facts();

    /** What else of this kind of job has to be the same for a run to go on to the same end: rows and settings. */
    Map<String, String> ownFacts();

    /** Everything that has to be the same for a run to go on to the same end. */
    default Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(facts());
        identity.putAll(ownFacts());
        identity.put("max_length", String.valueOf(maxLength()));
        start().ifPresent(adapter -> identity.put("start", adapter.digest()));
        return identity;
    }

    /** Throws {@link dev.taxon.training.IllegalSetting} for a row without room for a token. */
    static void requireRoom(@Nullable Integer maxLength) {
        Setting.require(maxLength == null || maxLength >= 1, "max_length", "a row has room for at least 1 token.");
    }
}
