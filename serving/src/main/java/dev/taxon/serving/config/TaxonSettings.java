package dev.taxon.serving.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every setting below {@code taxon}. */
@ConfigMapping(prefix = "taxon")
public interface TaxonSettings {

    /** A checkpoint's folder; the built-in taxon-small when absent. */
    Optional<Path> model();

    /** {@code auto}, {@code fp32}, {@code fp16} or {@code bf16}; {@code auto} takes the fastest that this machine has. */
    @WithDefault("auto")
    PrecisionChoice precision();

    LimitSettings limits();

    Batching batching();

    Keys keys();

    Database database();

    /** How requests share the device. */
    interface Batching {

        /** The most tokens of one batch, and with late mixing labels. */
        @WithDefault("16384")
        int tokenBudget();

        /** The most rows of one batch. */
        @WithDefault("256")
        int rowLimit();

        /** How long one batch should keep the device busy, by estimate. */
        @WithDefault("50ms")
        Duration batchTime();

        /** The estimated wait from which a request is refused as overloaded. */
        @WithDefault("10s")
        Duration longestWait();

        /** How long stopping waits for rows that were taken in. */
        @WithDefault("10s")
        Duration drain();
    }

    /** How keys are checked. */
    interface Keys {

        /** How long a look-up is remembered, hence how long a revoked key lives on. */
        @WithDefault("5s")
        Duration remembered();
    }

    /** What migrations need to know of the database. */
    interface Database {

        /** The role that the server works with; migrations grant it what it may do. */
        @WithDefault("taxon_app")
        String applicationRole();
    }
}
