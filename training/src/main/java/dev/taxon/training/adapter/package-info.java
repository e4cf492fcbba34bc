/**
 * Adapters from rows: an {@link dev.taxon.training.adapter.AdapterJob} says what is to be learned from what, and {@link
 * dev.taxon.training.adapter.AdapterTraining} makes a calibrated adapter with its report of it.
 */
@NullMarked
package dev.taxon.training.adapter;

import org.jspecify.annotations.NullMarked;
