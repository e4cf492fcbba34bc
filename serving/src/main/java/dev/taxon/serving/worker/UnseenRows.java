package dev.taxon.serving.worker;

import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersions;
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
import java.nio.file.Path;
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
    private final AdapterVersions versions;
    private final VersionBases versionBases;
    private final BaseCheckpoints bases;
    private final Engine engine;

    UnseenRows(
            TenantTransactions transactions,
            DatasetVersions datasets,
            VersionRows rows,
            EarlierTexts earlier,
            AdapterVersions versions,
            VersionBases versionBases,
            BaseCheckpoints bases,
            Engine engine) {
        this.transactions = transactions;
        this.datasets = datasets;
        this.rows = rows;
        this.earlier = earlier;
        this.versions = versions;
        this.versionBases = versionBases;
        this.bases = bases;
        this.engine = engine;
    }

    /** The same rows in the same order, as both answered them. */
    record Answers(List<Judged> first, List<Judged> second) {}

    /** Problems: a base that is not served here, rows that are gone, none that neither learned from. */
    Answers answered(Task task, Predecessor predecessor, Successor successor) throws IOException {
        BaseCheckpoint former = versionBases.require(predecessor.version());
        List<Example> unseen = unseen(task, predecessor, successor);
        Path folder = task.folder().resolve("predecessor");
        versions.materialise(task.tenant(), predecessor.version().id(), folder);
        return new Answers(
                judged(task, former, folder, unseen, successor.mode()),
                judged(task, bases.current(), successor.result().adapter(), unseen, successor.mode()));
    }

    private List<Judged> judged(Task task, BaseCheckpoint base, Path folder, List<Example> rows, Mode mode) {
        List<Judged> judged = new ArrayList<>();
        try (Engine.Answerer answerer = engine.open(base, folder)) {
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
