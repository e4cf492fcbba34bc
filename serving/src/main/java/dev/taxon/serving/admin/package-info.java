/** What operators do: tenants, their keys and quotas, and the audit of it all. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.admin;
