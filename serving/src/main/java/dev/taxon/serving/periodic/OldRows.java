package dev.taxon.serving.periodic;

import java.time.Duration;

/**
 * Rows of every tenant that are kept for some time and then deleted, see {@link OldRowsSweep}.
 *
 * @param tenants the function that names tenants which have such rows: of an interval and a number
 * @param delete deletes some of a tenant's, fewer than that number only when none are left; of seconds and a number
 * @param kept for how long they stay
 */
public record OldRows(String tenants, String delete, Duration kept) {}
