package dev.taxon.core;

/** What to do with a text that does not fit the model beside its labels. */
public enum OnLong {
    /** Cut the text at its end and say so. */
    TRUNCATE,
    /** Refuse the input. */
    ERROR
}
