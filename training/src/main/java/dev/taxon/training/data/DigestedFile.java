package dev.taxon.training.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** A file's content, unzipped where it starts as gzip does, with the digest of the bytes as they lie on disk. */
public final class DigestedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final DigestInputStream raw;
    private final InputStream content;

    DigestedFile(Path file) throws IOException {
        this.raw = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), sha256());
        try {
            this.content = startsAsGzip(file) ? new GZIPInputStream(raw, BUFFER) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** SHA-256 of a file's bytes, in hexadecimal. */
    public static String digestOf(Path file) throws IOException {
        try (DigestedFile digested = new DigestedFile(file)) {
            return digested.digest();
        }
    }

    InputStream content() {
        return content;
    }

    /** Digest of the whole file; reads what is left of it. */
    String digest() throws IOException {
        raw.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(raw.getMessageDigest().digest());
    }

    private static boolean startsAsGzip(Path file) throws IOException {
        try (InputStream start = Files.newInputStream(file)) {
            return start.read() == 0x1f && start.read() == 0x8b;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
