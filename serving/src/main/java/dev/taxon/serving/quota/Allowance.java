package dev.taxon.serving.quota;

import dev.taxon.sdk.wire.QuotaLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A quota that fills up again with each window of time. */
enum Allowance {
    REQUESTS_PER_MINUTE(Duration.ofMinutes(1), "requests a minute", QuotaLimits::requestsPerMinute),
    TEXTS_PER_MINUTE(Duration.ofMinutes(1), "texts a minute", QuotaLimits::textsPerMinute),
    TEXTS_PER_DAY(Duration.ofDays(1), "texts a day", QuotaLimits::textsPerDay);

    private final Duration window;
    private final String words;
    private final Function<QuotaLimits, @Nullable Long> limit;

    Allowance(Duration window, String words, Function<QuotaLimits, @Nullable Long> limit) {
        this.window = window;
        this.words = words;
        this.limit = limit;
    }

    /** As the database and headers name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As sentences name it. */
    String words() {
        return words;
    }

    Duration window() {
        return window;
    }

    /** How much of it there is in a window; null for any amount. */
    @Nullable
    Long limit(QuotaLimits limits) {
        return limit.apply(limits);
    }

    /** How much of it one request takes. */
    long amount(int texts) {
        return this == REQUESTS_PER_MINUTE ? 1 : texts;
    }

    /** When the window began that this moment is in; windows of all nodes begin together. */
    Instant start(Instant moment) {
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), window.toSeconds()) * window.toSeconds());
    }
}
