/** Which database a command works with, and who enters it. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.database;
