package dev.taxon.serving.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.WireErrors;
import dev.taxon.sdk.wire.WireJson;
import dev.taxon.serving.config.LimitSettings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.CancellationException;

/** Reads request bodies with the contract's own JSON, bounded in size even when no length was announced. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class BodyReader implements MessageBodyReader<Object> {
    private static final String WIRE = ClassifyRequest.class.getPackageName();

    private final LimitSettings limits;

    BodyReader(LimitSettings limits) {
        this.limits = limits;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type.getPackageName().equals(WIRE);
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        if (!headers.containsKey(HttpHeaders.CONTENT_TYPE)) {
            throw otherType();
        }
        BodyEncoding.requireNone(headers.get(HttpHeaders.CONTENT_ENCODING));
        BodyLimit limit = BodyLimits.json(limits);
        byte[] bytes = read(body, (int) limit.bytes() + 1);
        limit.check(bytes.length);
        try {
            return WireJson.read(bytes, type);
        } catch (JsonProcessingException failure) {
            throw new ProblemException(WireErrors.fault(failure).toProblem());
        }
    }

    private static byte[] read(InputStream body, int most) {
        try {
            return body.readNBytes(most);
        } catch (IOException cut) {
            // Nothing but the connection can fail: the caller hung up, or sent nothing more for too long.
            throw new CancellationException("The body broke off.");
        }
    }

    static ProblemException otherType() {
        return new ProblemException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body with 'Content-Type: application/json'.");
    }
}
