package dev.taxon.serving.http;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Problem;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list a call asks for.
 *
 * @param limit the most items, 1 to 1,000
 * @param after the last item's mark of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {
    /** Items of a page where the call does not say. */
    public static final int DEFAULT_LIMIT = 100;

    private static final int HIGHEST_LIMIT = 1_000;

    /** Reads the query parameters {@code limit} and {@code after}, or refuses them. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String after) {
        int size = limit == null ? DEFAULT_LIMIT : limit;
        if (size < 1 || size > HIGHEST_LIMIT) {
            throw invalid("limit", "The limit is a number from 1 to " + HIGHEST_LIMIT + ".");
        }
        if (after != null && after.chars().anyMatch(Character::isISOControl)) {
            throw noMark();
        }
        return new PageRequest(size, after == null || after.isEmpty() ? null : after);
    }

    /** The mark as a number that pages of numbered items use; where there is none, the one before the first. */
    public long afterNumber() {
        if (after == null) {
            return 0;
        }
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException notOurs) {
            throw noMark();
        }
    }

    /** The mark as an id that pages of things with ids use; null where there is none. */
    public @Nullable UUID afterId() {
        try {
            return after == null ? null : UUID.fromString(after);
        } catch (IllegalArgumentException notOurs) {
            throw noMark();
        }
    }

    /**
     * The page of the items that were found.
     *
     * @param found up to one more than the limit, by which it is known that there is another page
     * @param mark what the next page is asked for with, of the last item of this one
     */
    public <T> Page<T> page(List<T> found, Function<T, String> mark) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, mark.apply(items.get(limit - 1)));
    }

    private static ProblemException noMark() {
        return invalid("after", "This is no mark of a page. Take it from the 'next' of the page before.");
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(
                Problem.of(ErrorCode.INVALID_REQUEST, detail).withAt(parameter));
    }
}
