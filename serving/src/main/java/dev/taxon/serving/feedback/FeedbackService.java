package dev.taxon.serving.feedback;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Feedback;
import dev.taxon.sdk.wire.StoredFeedback;
import dev.taxon.serving.capture.AnswerStore;
import dev.taxon.serving.capture.CapturedAnswer;
import dev.taxon.serving.capture.TenantSettings;
import dev.taxon.serving.capture.TextCapture;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.idempotency.ChangesOnce;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Takes feedback in, for tenants that turned it on. Thread-safe. */
@Singleton
final class FeedbackService {
    /** Feedback may come right behind its answer, which is kept a little later. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TenantSettings settings;
    private final AnswerStore answers;
    private final TextCapture capture;
    private final FeedbackStore store;
    private final TenantTransactions transactions;
    private final ChangesOnce changes;
    private final FeedbackReader reader;

    FeedbackService(
            TenantSettings settings,
            AnswerStore answers,
            TextCapture capture,
            FeedbackStore store,
            TenantTransactions transactions,
            ChangesOnce changes,
            LimitSettings limits) {
        this.settings = settings;
        this.answers = answers;
        this.capture = capture;
        this.store = store;
        this.transactions = transactions;
        this.changes = changes;
        this.reader = new FeedbackReader(limits);
    }

    StoredFeedback put(UUID tenant, Feedback feedback) {
        reader.check(feedback);
        return changes.once(StoredFeedback.class, () -> putNow(tenant, feedback));
    }

    private StoredFeedback putNow(UUID tenant, Feedback feedback) {
        requireOn(tenant);
        JudgedAnswer judged = answer(tenant, feedback)
                .map(answer -> Judge.of(feedback, answer))
                .orElseGet(() -> Judge.ofUnknown(feedback));
        return transactions.in(tenant, () -> {
            store.put(judged);
            return changes.note(judged.wire());
        });
    }

    private void requireOn(UUID tenant) {
        if (!settings.read(tenant).feedback()) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "Feedback is off for this tenant. Turn it on with PUT /v1/settings {\"feedback\": true}.");
        }
    }

    private Optional<CapturedAnswer> answer(UUID tenant, Feedback feedback) {
        return answers.find(tenant, feedback.requestId(), feedback.index()).or(() -> {
            capture.settle(PATIENCE);
            return answers.find(tenant, feedback.requestId(), feedback.index());
        });
    }
}
