/** How commands speak and fail. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.console;
