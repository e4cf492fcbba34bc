package dev.taxon.cli.up;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.database.DatabaseLogin;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of Taxon runs on this machine.
 *
 * @param database one that runs elsewhere; without it the embedded one runs here, too
 */
record Extent(Set<Part> parts, Optional<DatabaseLogin> database) {
    Extent {
        parts = Set.copyOf(parts);
        if (parts.size() < Part.values().length && database.isEmpty()) {
            throw new WrongUse(
                    "--role needs --database: the embedded database is for everything on one machine, and other"
                            + " machines cannot reach it; give --database the URL of a Postgres that all nodes share");
        }
    }

    /**
     * As the command line says.
     *
     * @param role null for all
     * @param url null for the embedded database
     * @param environment may say what the URL leaves out
     */
    static Extent of(@Nullable Part role, @Nullable String url, Map<String, String> environment) {
        return new Extent(
                role == null ? EnumSet.allOf(Part.class) : EnumSet.of(role),
                Optional.ofNullable(url).map(known -> DatabaseLogin.parse(known, environment)));
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
