/** What adapters have come from, as their folders tell. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.lineage;
