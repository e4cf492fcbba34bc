/** What was found on this machine and what follows from it. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.doctor;
