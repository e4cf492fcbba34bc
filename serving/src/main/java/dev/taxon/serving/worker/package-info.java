/**
 * Does jobs: takes them from the queue, a heavy and a light one at a time, and writes what comes of them under the attempt
 * that it holds. A process of its own, which may be killed at any moment: another goes on from the last checkpoint.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.worker;
