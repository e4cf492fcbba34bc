/** Which model a command runs, and how. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.model;
