package dev.taxon.serving.config;

import dev.taxon.core.ComputeDevice;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Every setting below {@code taxon}. */
@ConfigMapping(prefix = "taxon")
public interface TaxonSettings {

    /** {@code api}, {@code worker}, or both; training belongs into a process apart, which takes no answers along when it dies. */
    @WithDefault("api")
    Set<Role> roles();

    /** A checkpoint's folder; the built-in taxon-small when absent. */
    Optional<Path> model();

    /** Base models that go on being served beside it, for the adapters that belong to them: folders, or {@code taxon-small}. */
    Optional<List<String>> otherModels();

    /**
     * {@code auto}, {@code fp32}, {@code fp16}, {@code bf16} or {@code int8}; {@code auto} takes the faster of fp32 and
     * bf16 on this machine, on a GPU of fp16, too.
     */
    @WithDefault("auto")
    PrecisionChoice precision();

    /** {@code auto}, {@code cpu} or {@code cuda}; {@code auto} takes the GPU where libtorch can use one. */
    @WithDefault("auto")
    ComputeDevice device();

    Caches caches();

    LimitSettings limits();

    Batching batching();

    Keys keys();

    Database database();

    Worker worker();

    Webhooks webhooks();

    /** What is kept for the next request. */
    interface Caches {

        /** Bytes of adapters on the device. */
        @WithDefault("268435456")
        long adapterBytes();

        /**
         * Bytes of adapters in memory, read from the database and ready for the device; an eighth of the heap when absent,
         * or 256 MiB where that is more.
         */
        OptionalLong adapterMemoryBytes();

        /** How much of these a tenant may keep of what it brought in when others want the room, in percent. */
        @WithDefault("50")
        int tenantPercent();

        /** Adapters that one tenant may have loaded into memory a second, in the mean over ten seconds. */
        @WithDefault("20")
        int coldLoadsPerSecond();

        /** Bytes of label states, of which a label takes two vectors. */
        @WithDefault("67108864")
        long labelBytes();
    }

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

        /** The estimated wait from which any request is refused as overloaded. */
        @WithDefault("10s")
        Duration longestWait();

        /** The same for a request of little work; one of much work may wait ten times as long as it takes itself. */
        @WithDefault("3s")
        Duration usualWait();

        /** The same for a tenant that asks for much more than can be done, while it does. */
        @WithDefault("200ms")
        Duration overflowWait();

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

    /** How a worker does jobs. */
    interface Worker {

        /**
         * Where it, and an api, keeps what it works on for a while, and clears away what killed processes left; a folder
         * below that of temporary files when absent.
         */
        Optional<Path> folder();

        /** How often it says that it is still at a job, and learns that nobody wants that any more. */
        @WithDefault("1s")
        Duration heartbeat();

        /** How long it waits for word of work before it looks by itself. */
        @WithDefault("2s")
        Duration poll();
    }

    /** How tenants are told of what happened. */
    interface Webhooks {
        /** Whether this node sends; false leaves it to others. */
        @WithDefault("true")
        boolean send();

        /** Whether tenants may have events posted to addresses of private networks, and without TLS. */
        @WithDefault("false")
        boolean allowPrivate();
    }

    /** What migrations need to know of the database. */
    interface Database {

        /** The role that the server works with; migrations grant it what it may do. */
        @WithDefault("taxon_app")
        String applicationRole();
    }
}
