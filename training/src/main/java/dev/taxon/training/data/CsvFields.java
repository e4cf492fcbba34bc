package dev.taxon.training.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a record, and knows on which line the one that is being read began. */
final class CsvFields extends AbstractBaseCsvCallbackHandler<List<String>> {
    private final List<String> fields = new ArrayList<>();
    private long line;

    /** The line on which the record began that was begun last, from 1. */
    long line() {
        return line;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        fields.clear();
    }

    @Override
    protected void handleField(int fieldIndex, char[] buffer, int offset, int length, boolean quoted) {
        fields.add(new String(buffer, offset, length));
    }

    @Override
    protected @Nullable List<String> buildRecord() {
        return List.copyOf(fields);
    }
}
