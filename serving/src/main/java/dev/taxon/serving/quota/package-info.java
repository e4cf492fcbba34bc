/** What a tenant may use, and how much of it is left: metered by leases, so that no request asks the database. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.quota;
