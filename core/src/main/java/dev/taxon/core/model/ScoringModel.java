package dev.taxon.core.model;

import dev.taxon.core.CacheStatistics;
import dev.taxon.core.adapter.Adapter;
import java.util.List;

/**
 * A prepared model: rows in, logits out. Owns its weights in native memory until closed. Rows may be
 * scored by several threads at once; closing is for the last of them.
 */
public interface ScoringModel extends AutoCloseable {

    /** One forward pass; for each row a logit for each position of its labels, in single precision. */
    List<float[]> logits(List<Row> rows);

    /** Whether everything that the rows share has been computed. */
    boolean holds(List<Row> rows);

    /** Computes what the rows share, so that passes side by side do not compute it twice. */
    void prepare(List<Row> rows);

    /** Of the label states that are kept; {@link CacheStatistics#NONE} where the layout keeps none. */
    CacheStatistics labelStates();

    /**
     * Copies an adapter to the device, where rows may refer to it. The caller closes it once no pass uses it any more.
     */
    ResidentAdapter prepareAdapter(Adapter adapter);

    @Override
    void close();
}
