package dev.taxon.training.data.validation;

import java.util.Locale;

/** Numbers in sentences, the same on every machine. */
final class Words {
    private Words() {}

    static String of(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
