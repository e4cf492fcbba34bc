package dev.taxon.core;

/** What becomes of a text that does not fit. */
public enum OnLong {
    /** Its end is cut off. */
    TRUNCATE,
    /** It is read in overlapping windows, of which the highest score of each label counts. */
    CHUNK,
    /** It is refused. */
    ERROR
}
