package dev.taxon.training.run;

/** How long a run is. */
public sealed interface Extent {

    /** Until at least this many rows were seen. */
    record Rows(long rows) implements Extent {
        public Rows {
            if (rows < 1) {
                throw new IllegalArgumentException("A run must see at least 1 row.");
            }
        }
    }

    /** This many steps. */
    record Steps(int steps) implements Extent {
        public Steps {
            if (steps < 1) {
                throw new IllegalArgumentException("A run must have at least 1 step.");
            }
        }
    }
}
