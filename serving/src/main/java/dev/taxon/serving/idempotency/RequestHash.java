package dev.taxon.serving.idempotency;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/** SHA-256 over what a call asks for, by which the same call is known again. */
final class RequestHash {
    private final MessageDigest digest;

    RequestHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256.", missing);
        }
    }

    /** Of a call with JSON: all of it. The body is left to be read again; one that is too large is refused by its reader. */
    static byte[] ofJson(ContainerRequestContext call, int mostBytes) throws IOException {
        byte[] body = call.getEntityStream().readNBytes(mostBytes + 1);
        call.setEntityStream(new ByteArrayInputStream(body));
        return ofHead(call).add(body).bytes();
    }

    /** Of an upload: what it announces, as hashing its body would read that twice. */
    static byte[] ofUpload(ContainerRequestContext call) {
        return ofHead(call)
                .add(String.valueOf(call.getHeaderString(HttpHeaders.CONTENT_LENGTH)))
                .bytes();
    }

    private static RequestHash ofHead(ContainerRequestContext call) {
        URI uri = call.getUriInfo().getRequestUri();
        return new RequestHash()
                .add(call.getMethod())
                .add(uri.getRawPath())
                .add(Objects.requireNonNullElse(uri.getRawQuery(), ""))
                .add(String.valueOf(call.getMediaType()));
    }

    RequestHash add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Parts are told apart by their lengths, so that no two calls run together. */
    RequestHash add(byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
        return this;
    }

    byte[] bytes() {
        return digest.digest();
    }
}
