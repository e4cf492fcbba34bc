/** {@code taxon up}: database and server on one machine. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.up;
