package dev.taxon.cli.database;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.serving.postgres.DatabaseAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, and who enters it.
 *
 * @param user the application's role, which row-level security binds
 * @param owner the role that migrates the schema; without it the schema must be there, as another node made it
 */
public record DatabaseLogin(String jdbcUrl, String user, String password, Optional<Owner> owner) {
    /** The application's role, where the URL does not name it. */
    public static final String USER = "TAXON_DATABASE_USER";

    /** Its password, where the URL does not say it: unlike a command line the environment is hidden from other users. */
    public static final String PASSWORD = "TAXON_DATABASE_PASSWORD";

    /** The role that migrates the schema. */
    public static final String OWNER = "TAXON_DATABASE_OWNER";

    /** Its password. */
    public static final String OWNER_PASSWORD = "TAXON_DATABASE_OWNER_PASSWORD";

    /** Who migrates the schema. */
    public record Owner(String user, String password) {}

    public DatabaseLogin {
        if (owner.map(Owner::user).filter(user::equals).isPresent()) {
            throw new WrongUse("The application's role and the owner (" + OWNER
                    + ") must be two: row-level security, which" + " keeps tenants apart, does not bind an owner");
        }
    }

    /** The database of this machine. */
    public static DatabaseLogin of(DatabaseAddress address) {
        return new DatabaseLogin(
                address.jdbcUrl(),
                address.applicationUser(),
                address.applicationPassword(),
                Optional.of(new Owner(address.ownerUser(), address.ownerPassword())));
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database}, in which everything but the host and the database may be
     * left out.
     *
     * @param environment says what the URL leaves out
     * @throws WrongUse for anything else
     */
    public static DatabaseLogin parse(String url, Map<String, String> environment) {
        URI uri = uri(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        String[] user = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new DatabaseLogin(
                "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                or(user, 0, environment, USER),
                or(user, 1, environment, PASSWORD),
                owner(environment));
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (postgres
                    && uri.getHost() != null
                    && uri.getPath() != null
                    && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (URISyntaxException notAUrl) {
            throw wrong();
        }
        throw wrong();
    }

    /** Without the URL itself: a password may be in it. */
    private static WrongUse wrong() {
        return new WrongUse(
                "--database takes postgresql://USER@HOST:PORT/DATABASE, with the password in the environment ("
                        + PASSWORD + ")");
    }

    private static String or(String[] parts, int index, Map<String, String> environment, String variable) {
        @Nullable
        String value = index < parts.length
                ? URLDecoder.decode(parts[index], StandardCharsets.UTF_8)
                : environment.get(variable);
        if (value == null) {
            throw new WrongUse("--database does not say everything: set " + variable + " in the environment");
        }
        return value;
    }

    private static Optional<Owner> owner(Map<String, String> environment) {
        String user = environment.get(OWNER);
        return user == null
                ? Optional.empty()
                : Optional.of(new Owner(user, or(new String[0], 0, environment, OWNER_PASSWORD)));
    }

    /** Leaves the passwords out. */
    @Override
    public String toString() {
        return jdbcUrl;
    }
}
