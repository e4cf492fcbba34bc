package dev.taxon.serving.idempotency;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.Headers;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.security.CallingTenant;
import io.vertx.core.AsyncResult;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code Idempotency-Key} on every POST of a tenant that creates: the first call with a key is answered by its
 * resource, later ones with the same answer. Only answers of success are kept; after any other the key is free again.
 */
@Singleton
public final class IdempotencyFilter {
    private static final String CLAIMED = IdempotencyFilter.class.getName();
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final String CLASSIFY = "/v1/classify";
    private static final String ADMIN = "/v1/admin/";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration JSON_PATIENCE = Duration.ofMinutes(2);
    private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(30);

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
        Claim claim = store.get().claim(tenant, key, hash(call, json), json ? JSON_PATIENCE : UPLOAD_PATIENCE);
        if (claim instanceof Claim.First) {
            Claimed claimed = new Claimed(tenant, key);
            call.setProperty(CLAIMED, claimed);
            routing.addEndHandler(ended -> releaseWhenBroken(ended, claimed, routing));
            return null;
        }
        return again(claim);
    }

    /** Keeps the answer of a claimed call, or gives its key back. */
    @ServerResponseFilter
    void after(ContainerRequestContext call, ContainerResponseContext answer) {
        if (!(call.getProperty(CLAIMED) instanceof Claimed claimed)) {
            return;
        }
        if (answer.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
            store.get().answer(claimed.tenant(), claimed.key(), stored(answer));
        } else {
            store.get().release(claimed.tenant(), claimed.key());
        }
    }

    /**
     * A caller who hung up before the body was whole created nothing, and will come back with the same key. One who hung
     * up later may have: the key stays with the call that is still being answered.
     */
    private void releaseWhenBroken(AsyncResult<Void> ended, Claimed claimed, RoutingContext routing) {
        if (ended.failed() && !routing.request().isEnded()) {
            var unused = routing.vertx().executeBlocking(() -> {
                store.get().release(claimed.tenant(), claimed.key());
                return true;
            });
        }
    }

    /** Classifying creates nothing: to repeat it is safe without a key. */
    private static boolean applies(ContainerRequestContext call) {
        String path = call.getUriInfo().getPath();
        return call.getMethod().equals("POST") && path.startsWith("/v1/") && !path.equals(CLASSIFY);
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
            return response(answered.answer());
        }
        if (claim instanceof Claim.Taken) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "This Idempotency-Key was used for another request within the last 24 hours. Use a new one.");
        }
        throw new ProblemException(underWay(), PAUSE);
    }

    private static Problem underWay() {
        Problem problem = Problem.of(
                ErrorCode.CONFLICT, "The first request with this Idempotency-Key is still being answered. Try again.");
        return new Problem(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                null,
                problem.code(),
                null,
                true,
                null);
    }

    /** Uploads are known by what they announce: hashing them would read them twice. */
    private byte[] hash(ContainerRequestContext call, boolean json) throws IOException {
        RequestHash hash = new RequestHash()
                .add(call.getMethod())
                .add(call.getUriInfo().getRequestUri().getRawPath())
                .add(Objects.requireNonNullElse(
                        call.getUriInfo().getRequestUri().getRawQuery(), ""))
                .add(String.valueOf(call.getMediaType()));
        return json
                ? hash.add(body(call)).bytes()
                : hash.add(String.valueOf(call.getHeaderString(HttpHeaders.CONTENT_LENGTH)))
                        .bytes();
    }

    /** The body, left to be read again; one that is too large is refused by whoever reads it. */
    private byte[] body(ContainerRequestContext call) throws IOException {
        byte[] body = call.getEntityStream().readNBytes(limits.get().bodyBytes() + 1);
        call.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type == null || MediaType.APPLICATION_JSON_TYPE.isCompatible(type);
    }

    private static StoredAnswer stored(ContainerResponseContext answer) {
        Object entity = answer.getEntity();
        byte[] body = entity == null ? new byte[0] : entity instanceof byte[] bytes ? bytes : WireJson.bytes(entity);
        MediaType type = answer.getMediaType();
        return new StoredAnswer(
                answer.getStatus(),
                type == null ? null : type.toString(),
                body,
                answer.getHeaderString(HttpHeaders.LOCATION),
                answer.getHeaderString(HttpHeaders.ETAG));
    }

    private static Response response(StoredAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status())
                .header(Headers.IDEMPOTENT_REPLAYED, "true")
                .header(HttpHeaders.LOCATION, answer.location())
                .header(HttpHeaders.ETAG, answer.etag());
        if (answer.body().length > 0) {
            String type = Objects.requireNonNullElse(answer.mediaType(), MediaType.APPLICATION_JSON);
            response.type(type).entity(answer.body());
        }
        return response.build();
    }

    private record Claimed(UUID tenant, String key) {}
}
