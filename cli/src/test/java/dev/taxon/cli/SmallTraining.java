package dev.taxon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Training of adapters for a small real checkpoint, in a folder that gets {@code out/}. */
record SmallTraining(String command, Path folder) {
    private static final String CHECKPOINT = "../core/src/test/resources/oracle/bert-simple-first";

    TaxonRun run(Path data, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                command,
                "--data",
                data.toString(),
                "--model",
                CHECKPOINT,
                "--precision",
                "fp32",
                "--out",
                folder.resolve("out").toString()));
        arguments.addAll(List.of(options));
        return TaxonRun.ofRealModels(arguments.toArray(String[]::new));
    }

    /** A command that measures what the checkpoint or an adapter of it answers. */
    static TaxonRun measure(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--model", CHECKPOINT, "--precision", "fp32"));
        arguments.addAll(List.of(options));
        return TaxonRun.ofRealModels(arguments.toArray(String[]::new));
    }

    /** So many notes of the labels a and b in turn. */
    Path data(int rows) throws IOException {
        return LabelledRows.write(
                folder,
                IntStream.range(0, rows)
                        .mapToObj(row -> LabelledRows.row("note " + row, row % 2 == 0 ? "\"a\"" : "\"b\""))
                        .toArray(String[]::new));
    }
}
