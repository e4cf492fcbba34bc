package dev.taxon.serving.dataset;

import java.util.regex.Pattern;

/** What training says of data, for readers who have no command line: advice to use its options is left out. */
final class Wording {
    private static final Pattern OPTIONS = Pattern.compile("(; |, or | )([Nn]ame|give)( [^.;,]*)? --[a-z][^.]*");

    private Wording() {}

    static String of(String message) {
        return OPTIONS.matcher(message).replaceAll("").replace("?.", "?");
    }
}
