package dev.taxon.serving.model;

import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.torch.Torch;
import dev.taxon.models.BuiltInModels;
import dev.taxon.serving.config.Role;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The built-in model, read and libtorch loaded while the rest of the server starts, which takes one processor as long as
 * these do. Begun before there are settings: by the environment alone, where {@code taxon up} puts them. Thread-safe.
 */
public final class EarlyModel {
    private static final AtomicReference<CompletableFuture<Checkpoint>> COMING = new AtomicReference<>();

    private EarlyModel() {}

    /** Begins on a thread of its own, where this process will answer by the built-in model. */
    public static void begin() {
        CompletableFuture<Checkpoint> coming = new CompletableFuture<>();
        if (wanted(System.getenv()) && COMING.compareAndSet(null, coming)) {
            Thread thread = new Thread(() -> read(coming), "early-model");
            thread.setDaemon(true);
            thread.start();
        }
    }

    static boolean wanted(Map<String, String> environment) {
        String roles = environment.getOrDefault("TAXON_ROLES", Role.API.name());
        return roles.toUpperCase(Locale.ROOT).contains(Role.API.name()) && !environment.containsKey("TAXON_MODEL");
    }

    private static void read(CompletableFuture<Checkpoint> coming) {
        try {
            coming.complete(BuiltInModels.taxonSmall());
            Torch.initialize();
        } catch (RuntimeException | Error failure) {
            // Who opens the model comes upon it again, and can tell of it.
            coming.completeExceptionally(failure);
        }
    }

    /** What was read, once; the caller closes it. Empty where nothing was begun or nothing came of it. Blocks. */
    static Optional<Checkpoint> take() {
        CompletableFuture<Checkpoint> coming = COMING.getAndSet(null);
        try {
            return Optional.ofNullable(coming).map(CompletableFuture::join);
        } catch (CompletionException failure) {
            return Optional.empty();
        }
    }

    /** Frees what nobody took. */
    static void forget() {
        take().ifPresent(Checkpoint::close);
    }
}
