package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.core.Mode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.training.data.PlainText;
import dev.taxon.training.evaluation.Comparison;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.evaluation.RowException;
import dev.taxon.training.report.ComparisonJson;
import dev.taxon.training.statistics.Bootstrap;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a version against the one that it is trained again from, on rows that neither learned from: those that both trainings
 * held out or cross-fitted, or those of a data set that was named. Where that cannot be, says why: the version is published
 * nevertheless. Thread-safe.
 */
@Singleton
final class Comparisons {
    private static final String NO_UNLEARNED_ROW =
            "There is no row that both held out, and that no version which they went on from had learned. Name a data set"
                    + " that neither learned from as compare_on.";

    private final TenantTransactions transactions;
    private final AdapterVersions versions;
    private final UnseenRows unseen;
    private final EarlierTexts earlier;

    Comparisons(TenantTransactions transactions, AdapterVersions versions, UnseenRows unseen, EarlierTexts earlier) {
        this.transactions = transactions;
        this.versions = versions;
        this.unseen = unseen;
        this.earlier = earlier;
    }

    /**
     * The comparison as {@link ComparisonJson} writes it, or {@code not_compared} with a sentence; beside it {@code
     * retrained_from} and the data set in {@code on}. Empty for a version that is not trained again.
     */
    Optional<ObjectNode> of(Task task, Successor successor) throws IOException {
        String retrained = task.request().retrain();
        if (retrained == null) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("retrained_from", retrained);
        try {
            Predecessor predecessor = predecessor(task, retrained);
            boolean own = task.request().compareOn() == null;
            return Optional.of(json.setAll(
                    own ? onOwnRows(task, predecessor, successor) : onOthers(task, predecessor, successor)));
        } catch (RuntimeException failure) {
            return Optional.of(json.put("not_compared", why(task, failure)));
        }
    }

    /** In words for the owner; thrown again where another attempt may not meet it. */
    private static String why(Task task, RuntimeException failure) {
        return failure instanceof RowException unfit
                ? "A row of compare_on cannot be classified: " + unfit.getMessage()
                : OwnersProblem.of(failure, task.folder()).map(Problem::detail).orElseThrow(() -> failure);
    }

    private Predecessor predecessor(Task task, String reference) {
        return transactions.in(task.tenant(), () -> {
            var version = versions.require(AdapterReference.parse(reference, "retrain"));
            return new Predecessor(version, versions.answers(version.id()).map(KeptAnswers::read));
        });
    }

    private ObjectNode onOwnRows(Task task, Predecessor predecessor, Successor successor) throws IOException {
        boolean sameData = Objects.equals(
                predecessor.version().datasetVersion(), task.job().datasetVersion());
        KeptAnswers before = predecessor.answers().orElse(null);
        KeptAnswers after = successor.answers().orElse(null);
        if (!sameData || before == null || after == null || before.rows() != after.rows()) {
            if (sameData && task.request().from() != null) {
                // One of both was judged by rows that it had learned before.
                return notCompared(NO_UNLEARNED_ROW);
            }
            return notCompared(
                    "Both were not trained on the same rows with some of them held out or cross-fitted. Name a"
                            + " data set that neither learned from as compare_on.");
        }
        Set<String> learned = earlier.of(task, predecessor);
        KeptAnswers unlearned = before.without(successor.rows(), row -> learned.contains(PlainText.of(row.text())));
        List<Judged> first = unlearned.judged(successor.rows(), after);
        List<Judged> second = after.judged(successor.rows(), unlearned);
        if (first.isEmpty()) {
            return notCompared(NO_UNLEARNED_ROW);
        }
        String data = task.request().dataset() + "@" + task.request().version();
        return compared(predecessor.name(), successor.mode(), first, second).put("on", data);
    }

    private ObjectNode onOthers(Task task, Predecessor predecessor, Successor successor) throws IOException {
        UnseenRows.Answers answers = unseen.answered(task, predecessor, successor);
        return compared(predecessor.name(), successor.mode(), answers.first(), answers.second())
                .put("on", task.request().compareOn());
    }

    private static ObjectNode compared(String predecessor, Mode mode, List<Judged> first, List<Judged> second) {
        Comparison comparison = Comparison.of(mode, first, second, Bootstrap.withDefaults());
        return ComparisonJson.of(comparison).put("verdict", comparison.verdict(predecessor, "the new version"));
    }

    private static ObjectNode notCompared(String why) {
        return JsonNodeFactory.instance.objectNode().put("not_compared", why);
    }
}
