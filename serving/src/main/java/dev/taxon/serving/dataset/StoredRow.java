package dev.taxon.serving.dataset;

import dev.taxon.sdk.wire.DatasetRow;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row where it stands in a version.
 *
 * @param position its place in the file, from 1
 */
record StoredRow(long position, DatasetRow row) {

    static StoredRow read(ResultSet found, RowIds ids) throws SQLException {
        List<String> trueLabels = strings(found.getArray(4));
        DatasetRow row = new DatasetRow(
                ids.write(found.getLong(2)),
                found.getString(3),
                trueLabels == null ? List.of() : trueLabels,
                strings(found.getArray(5)));
        return new StoredRow(found.getLong(1), row);
    }

    private static @Nullable List<String> strings(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((String[]) array.getArray());
    }
}
