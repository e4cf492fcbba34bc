package dev.taxon.cli.up;

import java.util.List;
import java.util.Locale;

/** What of the server a process is. */
enum Part {
    /** Answers calls. */
    API("server", List.of()) {
        /**
         * What takes its time is native; the optimising compiler takes a quarter of two cores from that for as long as a
         * minute, whenever traffic takes a new path, for code that has a twentieth of the time (ADR 19).
         */
        @Override
        List<String> javaOptions(int processors) {
            return processors <= FEW_PROCESSORS ? List.of("-XX:TieredStopAtLevel=1") : List.of();
        }
    },

    /** Does jobs; with whatever the other processes of the machine leave it. */
    WORKER("worker", LowPriority.prefix());

    private static final int FEW_PROCESSORS = 4;

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

    /** Options of its virtual machine, where it has so many processors. */
    List<String> javaOptions(int processors) {
        return List.of();
    }
}
