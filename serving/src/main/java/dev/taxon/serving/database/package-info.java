/**
 * The one way to a tenant's rows: a transaction that has named the tenant, to row-level security and to Hibernate's
 * discriminator alike.
 */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.database;
