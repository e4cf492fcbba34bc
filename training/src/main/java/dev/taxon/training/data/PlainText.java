package dev.taxon.training.data;

import java.util.Locale;

/** What two texts have to share to count as the same. */
public final class PlainText {
    private PlainText() {}

    /** The text whatever its case and spacing. */
    public static String of(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
