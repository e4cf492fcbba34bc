package dev.taxon.serving.tenant;

import dev.taxon.serving.database.DatabaseException;
import java.util.Optional;

/** Finds stored keys by their id. Thread-safe. */
@FunctionalInterface
interface KeyDirectory {

    /** Empty for keys that are unknown or revoked. Throws {@link DatabaseException} when the database does not answer. */
    Optional<StoredKey> find(String id);
}
