/** What tenants used, day by day. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.usage;
