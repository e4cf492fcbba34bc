package dev.taxon.cli.up;

import java.util.List;
import java.util.Locale;

/** What of the server a process is. */
enum Part {
    /** Answers calls. */
    API("server", List.of()),

    /** Does jobs; with whatever the other processes of the machine leave it. */
    WORKER("worker", List.of("nice", "-n", "19"));

    private final String title;
    private final List<String> prefix;

    Part(String title, List<String> prefix) {
        this.title = title;
        this.prefix = prefix;
    }

    /** What it is called before users; its log, too. */
    String title() {
        return title;
    }

    /** The role, as the server's settings name it. */
    String role() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its command begins with. */
    List<String> prefix() {
        return prefix;
    }
}
