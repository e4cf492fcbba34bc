package dev.taxon.training.learning;

import dev.taxon.core.adapter.LowRankUpdate;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What came of learning.
 *
 * @param updates by the layers' names
 * @param judged the rows by which it is judged; empty where there are none
 * @param curve of the part that made the updates
 */
public record LearnedAdapter(Map<String, LowRankUpdate> updates, Optional<JudgedRows> judged, CurveSource curve) {

    /** The charts of how something was learned, as HTML. */
    @FunctionalInterface
    public interface CurveSource {

        /** Draws them; reads the run's folder. */
        String panels() throws IOException;
    }
}
