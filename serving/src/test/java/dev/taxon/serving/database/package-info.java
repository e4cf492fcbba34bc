/** Tests of the ways to the database. */
@org.jspecify.annotations.NullMarked
package dev.taxon.serving.database;
