package dev.taxon.core;

/**
 * What a cache has been asked, and what it holds now.
 *
 * @param hits look-ups since the start that found what they asked for
 * @param misses those that did not
 * @param bytesLoaded bytes that were computed or copied for misses since the start
 * @param entries held now
 * @param bytes held now
 */
public record CacheStatistics(long hits, long misses, long bytesLoaded, long entries, long bytes) {
    /** Of a cache that there is not. */
    public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0, 0);
}
