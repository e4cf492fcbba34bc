package dev.taxon.serving.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The database and its two roles, made when they are missing. */
final class Roles {
    static final String DATABASE = "taxon";
    static final String OWNER = "taxon_owner";
    static final String APPLICATION = "taxon_app";
    static final String SUPERUSER = "postgres";

    private Roles() {}

    static void ensure(int port, Passwords passwords) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(SUPERUSER);
        source.setPassword(passwords.superuser());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            ensureRole(statement, OWNER, passwords.owner());
            ensureRole(statement, APPLICATION, passwords.application());
            ensureDatabase(statement);
        }
    }

    /** Generated passwords are hexadecimal, so they need no quoting beyond the quotes. */
    private static void ensureRole(Statement statement, String role, String password) throws SQLException {
        if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            statement.execute("CREATE ROLE " + role
                    + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '" + password
                    + "'");
        }
    }

    private static void ensureDatabase(Statement statement) throws SQLException {
        if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
        }
        statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
        statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + APPLICATION);
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
