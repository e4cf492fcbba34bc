/** How sure figures are: bootstrap intervals, and McNemar's test for paired answers. */
@org.jspecify.annotations.NullMarked
package dev.taxon.training.statistics;
