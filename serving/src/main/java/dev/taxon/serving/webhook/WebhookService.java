package dev.taxon.serving.webhook;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Page;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.Webhook;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.PageRequest;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.idempotency.CreatedAnswers;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** Makes tenants' webhooks, lists and deletes them. Blocks. Thread-safe. */
@Singleton
final class WebhookService {
    private static final int MOST = 20;
    private static final int SECRET_BYTES = 32;

    private final TenantTransactions transactions;
    private final WebhookStore store;
    private final Targets targets;
    private final Audit audit;
    private final CreatedAnswers answers;
    private final SecureRandom random = new SecureRandom();

    WebhookService(
            TenantTransactions transactions, WebhookStore store, Targets targets, Audit audit, CreatedAnswers answers) {
        this.transactions = transactions;
        this.store = store;
        this.targets = targets;
        this.audit = audit;
        this.answers = answers;
    }

    /** Makes a webhook; the answer alone has its secret. */
    Webhook create(UUID tenant, String url) {
        check(url);
        String secret = secret();
        UUID id = UUID.randomUUID();
        return transactions.in(tenant, () -> {
            store.insert(id, url, secret.getBytes(StandardCharsets.US_ASCII));
            audit.record("webhook.create", id.toString());
            Webhook made = store.find(id).orElseThrow();
            Webhook answer = answers.keep(new Webhook(made.id(), made.url(), made.createdAt(), secret));
            requireRoom();
            return answer;
        });
    }

    /** Last, so that whoever adds at the same moment is waited for no longer than a commit takes, and is counted. */
    private void requireRoom() {
        if (store.countAlone() > MOST) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "There are " + MOST + " webhooks already. Delete one first.");
        }
    }

    Page<Webhook> page(UUID tenant, PageRequest request) {
        return transactions.in(tenant, () -> store.page(request));
    }

    Webhook get(UUID tenant, String id) {
        return transactions.in(tenant, () -> store.find(uuid(id)).orElseThrow(WebhookService::notFound));
    }

    void delete(UUID tenant, String id) {
        UUID webhook = uuid(id);
        transactions.run(tenant, () -> {
            if (!store.delete(webhook)) {
                throw notFound();
            }
            audit.record("webhook.delete", id);
        });
    }

    private void check(String url) {
        try {
            targets.resolve(url);
        } catch (RefusedTargetException refused) {
            throw new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, String.valueOf(refused.getMessage()))
                    .withAt("url"));
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return "whsec_" + HexFormat.of().formatHex(bytes);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException noId) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such webhook.");
    }
}
