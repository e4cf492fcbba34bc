/** What all settings of trainings have in common: how they are checked, and how they are refused. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training;
