package dev.taxon.training.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.List;
import java.util.Optional;

/** How a CSV file is written: RFC 4180 with one of a few delimiters, told by the header row. */
final class CsvDialect {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private CsvDialect() {}

    /** The delimiter with which a header has the columns that are wanted. */
    static Optional<Character> delimiter(String header, ColumnNames wanted) {
        return DELIMITERS.stream()
                .filter(delimiter ->
                        Columns.find(names(header, delimiter), wanted).isPresent())
                .findFirst();
    }

    private static List<String> names(String header, char delimiter) {
        try {
            return reader(delimiter).ofSingleCsvRecord(header).getFields();
        } catch (CsvParseException e) {
            return List.of();
        }
    }

    /** Strict in quotes; how many fields a record has is for the caller to judge. */
    static CsvReaderBuilder reader(char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(BoundedLines.MAX_CHARACTERS);
    }
}
