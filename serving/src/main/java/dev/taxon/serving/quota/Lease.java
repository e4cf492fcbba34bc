package dev.taxon.serving.quota;

/**
 * A part of a window's allowance that one node may spend without asking again.
 *
 * @param granted how much it is, from nothing to what was wanted
 * @param unclaimed what no node has taken yet
 */
record Lease(long granted, long unclaimed) {}
