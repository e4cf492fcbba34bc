package dev.taxon.training.run;

import dev.taxon.training.Setting;

/** How long a run is. */
public sealed interface Extent {

    /** Until at least this many rows were seen. */
    record Rows(long rows) implements Extent {
        public Rows {
            Setting.require(rows >= 1, "rows", "a run must see at least 1 row.");
        }
    }

    /** This many steps. */
    record Steps(int steps) implements Extent {
        public Steps {
            Setting.require(steps >= 1, "steps", "a run must have at least 1 step.");
        }
    }
}
