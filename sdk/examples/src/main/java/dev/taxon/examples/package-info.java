/** What an application does with the client. */
@org.jspecify.annotations.NullMarked
package dev.taxon.examples;
