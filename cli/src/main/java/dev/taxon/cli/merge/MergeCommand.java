package dev.taxon.cli.merge;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.model.Models;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.AdapterMerge;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A model of a base and an adapter. */
@Command(
        name = "merge",
        sortOptions = false,
        description = {
            "Write a checkpoint that scores as the base does under an adapter.",
            "Labels, temperature and thresholds are no part of a checkpoint and stay with the adapter."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  taxon merge --adapter adapters/support --out models/support"})
public final class MergeCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--adapter", required = true, paramLabel = "DIR", description = "The adapter's folder.")
    Path adapter = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The base: a GLiClass checkpoint's folder. Default: taxon-small, built in.")
    @Nullable
    Path model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The new checkpoint's folder.")
    Path out = Path.of("");

    @Override
    public Integer call() {
        if (Files.exists(out.resolve("config.json")) || Files.exists(out.resolve(AdapterFolder.CONFIG))) {
            throw new CommandFailure(out + " already holds a model or an adapter; choose another folder.");
        }
        try (Checkpoint base = Models.checkpoint(model)) {
            Adapter read =
                    new AdapterFolder(base.config(), HeadWeights.of(base), CheckpointDigest.of(base)).read(adapter);
            String name = String.valueOf(out.toAbsolutePath().normalize().getFileName());
            AdapterMerge.write(base, read, name, out);
        }
        Objects.requireNonNull(spec).commandLine().getOut().println("The model is in " + out + ".");
        return 0;
    }
}
