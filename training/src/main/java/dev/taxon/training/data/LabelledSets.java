package dev.taxon.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads whole files into memory: a few hundred bytes a row, label lists shared. */
public final class LabelledSets {
    private static final int ROWS_BETWEEN_PAUSES = 256;

    private LabelledSets() {}

    /** Reads one file, with columns found by their usual names. */
    public static LabelledSet read(Path file) {
        return read(file, ColumnNames.FOUND);
    }

    /** Reads one file. */
    public static LabelledSet read(Path file, ColumnNames columns) {
        return read(file, columns, () -> {});
    }

    /**
     * As above, for who may have to stop in the middle.
     *
     * @param pause run now and then on this thread; whatever it throws ends the reading and reaches the caller
     */
    public static LabelledSet read(Path file, ColumnNames columns, Runnable pause) {
        try (ExampleStream rows = ExampleStream.open(file, columns)) {
            List<Example> examples = new ArrayList<>();
            for (Example example = rows.next(); example != null; example = rows.next()) {
                examples.add(example);
                if (examples.size() % ROWS_BETWEEN_PAUSES == 0) {
                    pause.run();
                }
            }
            if (examples.isEmpty()) {
                throw new DataException("The data file " + file + " holds no rows; give one with at least one row.");
            }
            return LabelledSet.of(nameOf(file), rows.digest(), examples);
        }
    }

    /**
     * Reads files, and all data files of folders, in the order given. Throws {@link DataException} when two of them
     * would have the same name, as sets are known by name.
     */
    public static List<LabelledSet> readAll(List<Path> filesAndFolders) {
        return readAll(filesAndFolders, ColumnNames.FOUND);
    }

    /** As above, with columns as named. */
    public static List<LabelledSet> readAll(List<Path> filesAndFolders, ColumnNames columns) {
        Map<String, Path> names = new HashMap<>();
        List<LabelledSet> sets = new ArrayList<>();
        for (Path file : files(filesAndFolders)) {
            Path other = names.putIfAbsent(nameOf(file), file);
            if (other != null) {
                throw new DataException(other + " and " + file + " give sets of the same name; rename one of them.");
            }
            sets.add(read(file, columns));
        }
        return List.copyOf(sets);
    }

    /** The files of {@link #readAll}: those given, and for a folder all data files in it, sorted by name. */
    public static List<Path> files(List<Path> filesAndFolders) {
        return filesAndFolders.stream().flatMap(LabelledSets::expand).toList();
    }

    /** The name of a set: the file's name without .gz and what tells its format, such as .jsonl. */
    public static String nameOf(Path file) {
        return DataFormat.nameOf(file);
    }

    private static Stream<Path> expand(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(DataFormat::isData).sorted().toList();
            if (files.isEmpty()) {
                throw new DataException("The folder " + path
                        + " holds no .jsonl, .csv or .tsv file, plain or .gz, and no .parquet file.");
            }
            return files.stream();
        } catch (IOException e) {
            throw new DataException("The folder " + path + " cannot be read; check its permissions.", e);
        }
    }
}
