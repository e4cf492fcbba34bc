package dev.taxon.training.data.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether there is anything to tell apart: more than one label, and rows that differ in theirs. */
final class SingleAnswer {
    private @Nullable Set<String> answer;
    private boolean differ;
    private long rows;

    void see(List<String> labels, Role role) {
        if (role != Role.TRAIN) {
            return;
        }
        rows++;
        if (differ) {
            return;
        }
        if (answer == null) {
            answer = new HashSet<>(labels);
        } else {
            differ = answer.size() != labels.size() || !answer.containsAll(labels);
        }
    }

    /**
     * What there is to say in the end.
     *
     * @param labels how many there are in the set
     * @param without rows that have none of them
     */
    Stream<Finding> findings(int labels, long without) {
        if (labels == 1 && without == 0) {
            return finding(
                    FindingKind.ONE_LABEL,
                    1,
                    "There is one label only, and every row has it, so there is nothing to tell apart; add rows of another"
                            + " label, or rows without any.");
        }
        return rows < 2 || differ
                ? Stream.empty()
                : finding(
                        FindingKind.ONE_ANSWER,
                        rows,
                        Words.of(
                                "All %,d rows to train on have the same labels, so there is nothing to tell apart; add rows of the others.",
                                rows));
    }

    private static Stream<Finding> finding(FindingKind kind, long count, String message) {
        return Stream.of(new Finding(kind, count, message, List.of(), List.of()));
    }
}
