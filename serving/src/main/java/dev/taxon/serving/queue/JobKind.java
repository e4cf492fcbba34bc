package dev.taxon.serving.queue;

import java.util.Arrays;
import java.util.Locale;

/** What a job does. */
public enum JobKind {
    /** Reads an uploaded file into a dataset version. */
    IMPORT(Lane.LIGHT),
    /** Trains an adapter from examples. */
    LORA(Lane.HEAVY),
    /** Trains an adapter from rewards. */
    PPO(Lane.HEAVY),
    /** Judges an adapter, or the model as it is, on a dataset version. */
    EVALUATE(Lane.HEAVY),
    /** Classifies every row of a dataset version, or the texts of the request. */
    CLASSIFY(Lane.HEAVY);

    private final Lane lane;

    JobKind(Lane lane) {
        this.lane = lane;
    }

    /** The kind of this word; a word that is none is a fault of the program. */
    public static JobKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of job: " + word));
    }

    /** In lower case, as it is stored and written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where in a worker it runs. */
    public Lane lane() {
        return lane;
    }
}
