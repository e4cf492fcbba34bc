package dev.taxon.cli.up;

import java.util.List;
import java.util.Locale;

/** What of the server a process is. */
enum Part {
    /**
     * Answers calls. What takes its time is native; the compiler that would make its Java code faster takes a quarter of two
     * cores from that for as long as a minute, and gives a hundredth back: so it does with the quick one alone.
     */
    API("server", List.of(), List.of("-XX:TieredStopAtLevel=1")),

    /** Does jobs; with whatever the other processes of the machine leave it. */
    WORKER("worker", List.of("nice", "-n", "19"), List.of());

    private final String title;
    private final List<String> prefix;
    private final List<String> javaOptions;

    Part(String title, List<String> prefix, List<String> javaOptions) {
        this.title = title;
        this.prefix = prefix;
        this.javaOptions = javaOptions;
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

    /** Options of its virtual machine. */
    List<String> javaOptions() {
        return javaOptions;
    }
}
