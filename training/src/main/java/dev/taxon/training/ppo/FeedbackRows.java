package dev.taxon.training.ppo;

import dev.taxon.core.Mode;
import dev.taxon.training.data.DataException;
import dev.taxon.training.policy.FeedbackRow;
import dev.taxon.training.policy.FeedbackStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judged answers of a file as rows to learn from. */
public final class FeedbackRows {
    private FeedbackRows() {}

    /** Reads all rows. Throws {@link DataException} for a row that cannot be used, and for a file without any. */
    public static List<RewardedRow> read(Path file, Mode mode) {
        List<RewardedRow> rows = new ArrayList<>();
        try (FeedbackStream stream = FeedbackStream.open(file)) {
            for (FeedbackRow row = stream.next(); row != null; row = stream.next()) {
                rows.add(row(row, stream.place(), mode));
            }
        }
        if (rows.isEmpty()) {
            throw new DataException("The feedback file " + file + " holds no rows; give a file with at least one.");
        }
        return rows;
    }

    private static RewardedRow row(FeedbackRow row, String place, Mode mode) {
        try {
            return new RewardedRow(row.text(), row.policyRow(place, mode == Mode.SINGLE_LABEL));
        } catch (IllegalArgumentException unusable) {
            throw new DataException(String.valueOf(unusable.getMessage()));
        }
    }
}
