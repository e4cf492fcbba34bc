package dev.taxon.cli.train;

import picocli.CommandLine.Command;

/** The group of commands that learn. */
@Command(
        name = "train",
        description = "Examples in, model out.",
        subcommands = {TrainLoraCommand.class, TrainPpoCommand.class, TrainFullCommand.class})
public final class TrainCommand {}
