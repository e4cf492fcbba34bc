/** The folder that everything of one installation lies in. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.data;
