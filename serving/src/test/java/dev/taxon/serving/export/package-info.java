/** Tests of tenants that take their things along, and of what is left when they go. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.export;
