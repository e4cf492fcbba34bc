/**
 * The embedded Postgres: unpacked, initialised, started and stopped as a child process that never outlives this one.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.postgres;
