package dev.taxon.serving.idempotency;

import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.http.Headers;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call answered, to be answered again.
 *
 * @param body as it went out; empty where there was none
 */
record StoredAnswer(
        int status,
        @Nullable String mediaType,
        byte[] body,
        @Nullable String location,
        @Nullable String etag) {
    /** As resources answer with it. */
    private static final String TYPE_OF_JSON = "application/json;charset=UTF-8";

    StoredAnswer {
        body = body.clone();
    }

    /** The answer of a resource. */
    static StoredAnswer of(ContainerResponseContext answer) {
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

    /** What a resource will answer that has made something. */
    static StoredAnswer created(Object made) {
        return new StoredAnswer(
                Response.Status.CREATED.getStatusCode(), TYPE_OF_JSON, WireJson.bytes(made), null, null);
    }

    /** The same answer once more. */
    Response again() {
        Response.ResponseBuilder response = Response.status(status)
                .header(Headers.IDEMPOTENT_REPLAYED, "true")
                .header(HttpHeaders.LOCATION, location)
                .header(HttpHeaders.ETAG, etag);
        if (body.length > 0) {
            String type = Objects.requireNonNullElse(mediaType, MediaType.APPLICATION_JSON);
            response.type(type).entity(body);
        }
        return response.build();
    }
}
