package dev.taxon.serving.idempotency;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.CallEnd;
import dev.taxon.serving.http.Headers;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.security.CallingTenant;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code Idempotency-Key} on every call of a tenant that creates or changes something and is no plain replacement:
 * the first one with a key is answered by its resource, later ones with the same answer. Only answers of success are kept;
 * after any other the key is free again.
 *
 * <p>A server that is killed has done a thing and noted that, or neither. What creates keeps its answer itself, with what it
 * creates ({@link CreatedAnswers}); what changes notes what it changed ({@link ChangesOnce}), and its answer is kept here,
 * when it is given: until then, the same call made again goes on where the one before stopped.
 */
@Singleton
public final class IdempotencyFilter {
    private static final String CLAIMED = IdempotencyFilter.class.getName();
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final String CLASSIFY = "/v1/classify";
    private static final String ADMIN = "/v1/admin/";
    private static final String DEPLOYMENTS = "/v1/adapters/";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration JSON_PATIENCE = Duration.ofSeconds(30);
    private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(5);

    /** Filters are made before there are settings, hence a database. */
    private final Instance<IdempotencyStore> store;

    private final Instance<CallingTenant> caller;
    private final Instance<LimitSettings> limits;

    IdempotencyFilter(
            Instance<IdempotencyStore> store, Instance<CallingTenant> caller, Instance<LimitSettings> limits) {
        this.store = store;
        this.caller = caller;
        this.limits = limits;
    }

    /** Claims the key, or answers in the resource's place. */
    @ServerRequestFilter
    @Nullable
    Response before(ContainerRequestContext call, RoutingContext routing) throws IOException {
        String key = call.getHeaderString(Headers.IDEMPOTENCY_KEY);
        if (key == null || !applies(call)) {
            return null;
        }
        check(call, key);
        UUID tenant = caller.get().id();
        boolean json = isJson(call.getMediaType());
        byte[] hash = json ? RequestHash.ofJson(call, limits.get().bodyBytes()) : RequestHash.ofUpload(call);
        Claim claim = store.get().claim(tenant, key, hash, json ? JSON_PATIENCE : UPLOAD_PATIENCE);
        if (claim instanceof Claim.Own own) {
            ClaimedKey claimed = new ClaimedKey(tenant, key, own.claim(), own.done());
            call.setProperty(CLAIMED, claimed);
            claimed.attachTo(routing);
            CallEnd.then(routing, sent -> releaseWhenBroken(sent, claimed, routing));
            return null;
        }
        return again(claim);
    }

    /** Keeps the answer of a claimed call, or gives its key back. */
    @ServerResponseFilter
    void after(ContainerRequestContext call, ContainerResponseContext answer) {
        if (!(call.getProperty(CLAIMED) instanceof ClaimedKey claimed)) {
            return;
        }
        if (answer.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
            store.get().answer(claimed, StoredAnswer.of(answer));
        } else {
            store.get().release(claimed);
        }
    }

    /**
     * A caller who hung up before the body was whole created nothing, and will come back with the same key. One who hung
     * up later may have: the key stays with the call that is still being answered.
     */
    private void releaseWhenBroken(boolean sent, ClaimedKey claimed, RoutingContext routing) {
        if (!sent && !routing.request().isEnded()) {
            var unused = routing.vertx().executeBlocking(() -> {
                store.get().release(claimed);
                return true;
            });
        }
    }

    /** Classifying creates nothing: to repeat it is safe without a key. */
    private static boolean applies(ContainerRequestContext call) {
        String path = call.getUriInfo().getPath();
        return switch (call.getMethod()) {
            case "POST" -> path.startsWith("/v1/") && !path.equals(CLASSIFY);
            // With If-Match, what was done is refused when it is asked for again.
            case "PUT" -> path.startsWith(DEPLOYMENTS);
            default -> false;
        };
    }

    private static void check(ContainerRequestContext call, String key) {
        if (call.getUriInfo().getPath().startsWith(ADMIN)) {
            throw invalid(
                    "Answers of this route hold a secret and are not kept. Leave the header Idempotency-Key out.");
        }
        if (!KEY.matcher(key).matches()) {
            throw invalid("The header Idempotency-Key takes 1 to 128 visible ASCII characters.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
    }

    private static Response again(Claim claim) {
        if (claim instanceof Claim.Answered answered) {
            return answered.answer().again();
        }
        if (claim instanceof Claim.Taken) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "This Idempotency-Key was used for another request within the last 24 hours. Use a new one.");
        }
        throw new ProblemException(underWay(), PAUSE);
    }

    private static Problem underWay() {
        return Problem.of(
                        ErrorCode.CONFLICT,
                        "The first request with this Idempotency-Key is still being answered. Try again.")
                .withRetryable(true);
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type == null || MediaType.APPLICATION_JSON_TYPE.isCompatible(type);
    }
}
