package dev.taxon.cli.key;

import picocli.CommandLine.Command;

/** The group of commands on keys. */
@Command(name = "key", description = "Keys of tenants.", subcommands = KeyCreateCommand.class)
public final class KeyCommand {}
