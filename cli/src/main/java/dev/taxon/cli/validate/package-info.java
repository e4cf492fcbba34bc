/** {@code taxon validate-data}: what is wrong, or odd, with labelled data. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.validate;
