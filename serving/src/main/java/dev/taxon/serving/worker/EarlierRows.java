package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.feedback.FeedbackRows;
import dev.taxon.serving.worker.Ancestors.Ancestor;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.PlainText;
import dev.taxon.training.learning.LearnedBefore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a job's data the version that it goes on from had learned, or one before that: those with the text of a row of
 * their data that they did not hold out, or of an answer that people judged. All, where nobody knows any more what one of them
 * learned; of versions that were imported nobody ever did, and none are theirs. Thread-safe.
 */
@Singleton
final class EarlierRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TenantTransactions transactions;
    private final Ancestors ancestors;
    private final VersionRows rows;
    private final FeedbackRows feedback;

    EarlierRows(TenantTransactions transactions, Ancestors ancestors, VersionRows rows, FeedbackRows feedback) {
        this.transactions = transactions;
        this.ancestors = ancestors;
        this.rows = rows;
        this.feedback = feedback;
    }

    /**
     * The rows, by their numbers in the run's folder: where an earlier attempt wrote them there, they came back with the
     * checkpoint, so that all attempts hold out the same, whatever was deleted meanwhile.
     */
    LearnedBefore in(Path run, Task task, List<Example> data) throws IOException {
        String from = task.request().from();
        if (from == null) {
            return LearnedBefore.nothing();
        }
        Path file = run.resolve("learned-before.json");
        if (!Files.exists(file)) {
            Files.createDirectories(run);
            // Outside the run's folder, so that what was cut short is never taken for whole.
            Path writing = task.folder().resolve("learned-before.writing");
            JSON.writeValue(writing.toFile(), of(task, from, data).rows());
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new LearnedBefore(Set.of(JSON.readValue(file.toFile(), Integer[].class)));
    }

    private LearnedBefore of(Task task, String from, List<Example> data) throws IOException {
        Optional<List<Ancestor>> known = transactions.in(task.tenant(), () -> ancestors.of(from));
        if (known.isEmpty()) {
            return LearnedBefore.all(data.size());
        }
        Set<String> texts = new HashSet<>();
        for (Ancestor ancestor : known.get()) {
            if (!addLearned(task, ancestor, data, texts)) {
                return LearnedBefore.all(data.size());
            }
        }
        known.get().stream()
                .filter(Ancestor::feedback)
                .map(Ancestor::adapter)
                .distinct()
                .forEach(adapter ->
                        // All that there is up to the job: what was learned may have been judged again since.
                        feedback.readTexts(
                                task.tenant(), adapter, task.job().createdAt(), text -> texts.add(PlainText.of(text))));
        return LearnedBefore.among(data, texts);
    }

    /** False where its rows are gone. */
    private boolean addLearned(Task task, Ancestor ancestor, List<Example> data, Set<String> texts) throws IOException {
        if (ancestor.datasetVersion() == null) {
            return true;
        }
        List<Example> own = own(task, ancestor.datasetVersion(), data);
        // Numbers of rows of which some were erased since are those of others.
        Set<Long> heldOut = ancestor.heldOut()
                .filter(answers -> answers.rows() == own.size())
                .map(answers -> answers.byRow().keySet())
                .orElse(Set.of());
        for (int row = 0; row < own.size(); row++) {
            if (!heldOut.contains(row + 1L)) {
                texts.add(PlainText.of(own.get(row).text()));
            }
        }
        return !own.isEmpty();
    }

    private List<Example> own(Task task, @Nullable UUID version, List<Example> data) throws IOException {
        return Objects.equals(version, task.job().datasetVersion())
                ? data
                : rows.found(task, version, "ancestor").orElse(List.of());
    }
}
