/** Tests of what operators do, and of tenants that leave. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.admin;
