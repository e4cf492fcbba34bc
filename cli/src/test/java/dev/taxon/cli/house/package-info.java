/** The rules of the whole house; they stand here because this module alone sees every other one. */
@org.jspecify.annotations.NullMarked
package dev.taxon.cli.house;
