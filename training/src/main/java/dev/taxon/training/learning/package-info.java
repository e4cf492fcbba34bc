/**
 * What every adapter job learns with, whatever it learns from: its rows, encoded, scored, known by their digest, dealt into
 * batches and folds; and what comes of learning.
 */
@NullMarked
package dev.taxon.training.learning;

import org.jspecify.annotations.NullMarked;
