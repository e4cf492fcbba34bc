/** The models that ship with Taxon. */
@org.jspecify.annotations.NullMarked
package dev.taxon.models;
