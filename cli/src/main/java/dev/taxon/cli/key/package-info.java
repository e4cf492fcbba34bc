/** {@code taxon key}: keys of tenants. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.key;
