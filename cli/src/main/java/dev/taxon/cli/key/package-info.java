/** {@code taxon key} and {@code taxon operator-key}: keys of tenants and of operators. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.key;
