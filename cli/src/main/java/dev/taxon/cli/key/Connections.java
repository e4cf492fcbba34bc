package dev.taxon.cli.key;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.cli.database.DatabaseLogin;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to a database, each opened anew. */
final class Connections {
    private Connections() {}

    /** As the role that the server works with. */
    static DataSource application(DatabaseLogin database) {
        return source(database.jdbcUrl(), database.user(), database.password());
    }

    /** As the role that owns the tables. */
    static DataSource owner(DatabaseLogin database) {
        DatabaseLogin.Owner owner = database.owner()
                .orElseThrow(() -> new WrongUse("An operator's key is made by the role that owns the tables: set "
                        + DatabaseLogin.OWNER + " and " + DatabaseLogin.OWNER_PASSWORD + " in the environment"));
        return source(database.jdbcUrl(), owner.user(), owner.password());
    }

    private static DataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
