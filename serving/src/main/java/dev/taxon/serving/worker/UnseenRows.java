package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.StoredContent;
import dev.taxon.serving.adapter.StoredContents;
import dev.taxon.serving.adapter.VersionBases;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.dataset.DatasetVersions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.model.BaseCheckpoint;
import dev.taxon.serving.model.BaseCheckpoints;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.PlainText;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.LabelPredictor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Has two versions answer rows of a data set that neither learned from, each on the base that it belongs to, one loaded after
 * the other. Thread-safe.
 */
@Singleton
final class UnseenRows {
    private static final int ROWS_A_PIECE = 256;

    private final TenantTransactions transactions;
    private final DatasetVersions datasets;
    private final VersionRows rows;
    private final EarlierTexts earlier;
    private final StoredContents stored;
    private final VersionBases versionBases;
    private final BaseCheckpoints bases;
    private final Engine engine;

    UnseenRows(
            TenantTransactions transactions,
            DatasetVersions datasets,
            VersionRows rows,
            EarlierTexts earlier,
            StoredContents stored,
            VersionBases versionBases,
            BaseCheckpoints bases,
            Engine engine) {
        this.transactions = transactions;
        this.datasets = datasets;
        this.rows = rows;
        this.earlier = earlier;
        this.stored = stored;
        this.versionBases = versionBases;
        this.bases = bases;
        this.engine = engine;
    }

    /** The same rows in the same order, as both answered them. */
    record Answers(List<Judged> first, List<Judged> second) {}

    /** Problems: a base that is not served here, a version that is damaged, rows that are gone, none that neither learned from. */
    Answers answered(Task task, Predecessor predecessor, Successor successor) throws IOException {
        BaseCheckpoint former = versionBases.require(predecessor.version());
        List<Example> unseen = unseen(task, predecessor, successor);
        Adapter before = stored.read(
                StoredContent.of(task.tenant(), predecessor.version(), former),
                task.folder().resolve("predecessor"));
        Adapter after = bases.current().read(successor.result().adapter());
        return new Answers(
                judged(task, former, before, unseen, successor.mode()),
                judged(task, bases.current(), after, unseen, successor.mode()));
    }

    private List<Judged> judged(Task task, BaseCheckpoint base, Adapter adapter, List<Example> rows, Mode mode) {
        List<Judged> judged = new ArrayList<>();
        try (Engine.Answerer answerer = engine.open(base, adapter)) {
            LabelPredictor predictor = answerer.predictor(task.heart());
            for (int from = 0; from < rows.size(); from += ROWS_A_PIECE) {
                StoppedException.throwIf(task.heart());
                List<Example> piece = rows.subList(from, Math.min(rows.size(), from + ROWS_A_PIECE));
                List<List<String>> answers = predictor.predict(piece, mode);
                for (int i = 0; i < piece.size(); i++) {
                    judged.add(Judged.of(piece.get(i), answers.get(i)));
                }
            }
        }
        return judged;
    }

    private List<Example> unseen(Task task, Predecessor predecessor, Successor successor) throws IOException {
        Set<String> seen = earlier.of(task, predecessor);
        successor.rows().forEach(row -> seen.add(PlainText.of(row.text())));
        UUID former = predecessor.version().datasetVersion();
        if (!Objects.equals(former, task.job().datasetVersion())) {
            rows.read(task, former, "former").forEach(row -> seen.add(PlainText.of(row.text())));
        }
        List<Example> unseen = rows.read(task, named(task), "unseen").stream()
                .filter(row -> !seen.contains(PlainText.of(row.text())))
                .toList();
        if (unseen.isEmpty()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "The data set of compare_on has no row that neither version learned from.");
        }
        return unseen;
    }

    private UUID named(Task task) {
        AdapterReference named =
                AdapterReference.parse(Objects.requireNonNull(task.request().compareOn()), "compare_on");
        return transactions.in(
                task.tenant(),
                () -> datasets.requireReady(named.name(), named.number().orElseThrow()));
    }
}
