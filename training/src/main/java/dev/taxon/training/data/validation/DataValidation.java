package dev.taxon.training.data.validation;

import dev.taxon.training.data.DataRow;
import dev.taxon.training.data.DataRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads labelled data once, and once more for tokens, and reports what is wrong or odd. Files of any size: memory is a
 * row, the label set and 36 to 72 bytes for each different text. Used by one thread.
 */
public final class DataValidation {
    private static final int ROWS_BETWEEN_TELLING = 256;

    private final List<DataPart> parts;
    private final ValidationOptions options;
    private final ValidationListener listener;
    private final List<PartSummary> summaries = new ArrayList<>();
    private final Tally empty = new Tally(FindingKind.NO_ROWS);
    private final Tally unreadable = new Tally(FindingKind.UNREADABLE_ROW);
    private final Tally ignored = new Tally(FindingKind.IGNORED_COLUMN);
    private final LabelCheck labels;
    private final List<RowCheck> checks;

    private DataValidation(List<DataPart> parts, ValidationOptions options, ValidationListener listener) {
        this.parts = List.copyOf(parts);
        this.options = options;
        this.listener = listener;
        this.labels = new LabelCheck(parts, options.labels());
        this.checks = List.of(new TextCheck(), labels, new RepeatCheck(parts, RepeatCheck.MOST_TEXTS));
    }

    /**
     * Validates files, whose parts must be one label set's.
     *
     * @throws dev.taxon.training.data.DataException when a file cannot be read to its end, or lacks the columns
     */
    public static ValidationReport of(List<DataPart> parts, ValidationOptions options) {
        return of(parts, options, (rows, total) -> {});
    }

    /** As above, and tells how far it is. */
    public static ValidationReport of(List<DataPart> parts, ValidationOptions options, ValidationListener listener) {
        return new DataValidation(parts, options, listener).report();
    }

    private ValidationReport report() {
        for (int part = 0; part < parts.size(); part++) {
            summaries.add(read(part));
        }
        List<LabelUse> uses = labels.uses();
        Stream<Finding> found = Stream.concat(ofFiles(), checks.stream().flatMap(RowCheck::findings));
        List<Finding> findings = Stream.concat(found, ofTokens(uses))
                .sorted(Comparator.comparing(Finding::kind))
                .toList();
        return new ValidationReport(summaries, labels.singleLabel(), uses, findings);
    }

    private PartSummary read(int number) {
        DataPart part = parts.get(number);
        try (DataRows rows = DataRows.open(part.file(), options.columns())) {
            long all = 0;
            long accepted = 0;
            for (DataRow row = rows.next(); row != null; row = rows.next()) {
                all++;
                accepted += accepts(row, number) ? 1 : 0;
                if (all % ROWS_BETWEEN_TELLING == 0) {
                    listener.read(all);
                }
            }
            if (all == 0) {
                empty.add(new Occurrence(part, 1, ""));
            }
            rows.ignoredColumns().forEach(ignored::add);
            return new PartSummary(part, all, accepted, rows.blankLines(), rows.ignoredColumns(), rows.digest());
        }
    }

    private boolean accepts(DataRow row, int part) {
        Occurrence where = new Occurrence(parts.get(part), row.number(), "");
        if (row instanceof DataRow.Labelled labelled) {
            boolean accepted = true;
            for (RowCheck check : checks) {
                accepted &= check.accepts(labelled, part, where);
            }
            return accepted;
        }
        unreadable.add(where.remarking(((DataRow.Refused) row).reason()));
        return false;
    }

    private Stream<Finding> ofFiles() {
        return Stream.of(
                        empty.finding(
                                "A file holds no rows; fill it or leave it out.",
                                "%d files hold no rows; fill them or leave them out."),
                        unreadable.finding(
                                "A row is not as it should be, and cannot be taken.",
                                "%d rows are not as they should be, and cannot be taken."),
                        ignored.finding("A column is not read.", "%d columns are not read."))
                .flatMap(found -> found);
    }

    private Stream<Finding> ofTokens(List<LabelUse> uses) {
        if (options.tokens().isEmpty() || uses.isEmpty()) {
            return Stream.empty();
        }
        TokenLimits limits = options.tokens().get();
        List<String> names = uses.stream().map(LabelUse::label).toList();
        TokenCheck check = new TokenCheck(limits.tokenizer(), limits.room().applyAsInt(names));
        long total = summaries.stream().mapToLong(PartSummary::rows).sum();
        long done = 0;
        for (int part = 0; part < parts.size(); part++) {
            done = readTokens(check, part, done, total);
        }
        return check.findings();
    }

    private long readTokens(TokenCheck check, int number, long before, long total) {
        DataPart part = parts.get(number);
        long done = before;
        try (DataRows rows = DataRows.open(part.file(), options.columns())) {
            for (DataRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof DataRow.Labelled labelled) {
                    check.accepts(labelled, number, new Occurrence(part, row.number(), ""));
                }
                done++;
                if (done % ROWS_BETWEEN_TELLING == 0 || done == total) {
                    listener.validated(done, total);
                }
            }
        }
        return done;
    }
}
