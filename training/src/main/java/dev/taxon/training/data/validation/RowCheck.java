package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataRow;
import java.util.stream.Stream;

/** Looks at every row once, in order, and says in the end what it found. */
interface RowCheck {
    /**
     * Looks at a row.
     *
     * @param part which of the parts it is of, from 0
     * @return whether the row can be used, as far as this check is concerned
     */
    boolean accepts(DataRow.Labelled row, int part, Occurrence where);

    Stream<Finding> findings();
}
