package dev.taxon.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Streams an answer into a file, which is made or replaced once all of it is there, and left alone otherwise. */
final class Download {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Path file;
    private final Path part;

    Download(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part-" + UUID.randomUUID());
    }

    /** @throws UncheckedIOException where no file can be made there; nothing is asked of the server then */
    CompletableFuture<Path> from(Calls calls, String path, String type) {
        make();
        // Cut short first, as an attempt that broke may have written more than the next one brings.
        Call<Path> call = Call.of("GET", path)
                .withHeader("Accept", type + ", application/problem+json")
                .withAnswer(BodyHandlers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))
                .withLimit(LONGEST);
        return Futures.map(calls.send(call), answer -> keep(), failure -> {
            discard();
            return failure;
        });
    }

    private void make() {
        try {
            Files.createFile(part);
        } catch (IOException refused) {
            throw new UncheckedIOException("no file can be made at " + file, refused);
        }
    }

    private Path keep() {
        try {
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException refused) {
            discard();
            throw new UncheckedIOException("the download cannot be moved to " + file, refused);
        }
    }

    private void discard() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException kept) {
            part.toFile().deleteOnExit();
        }
    }
}
