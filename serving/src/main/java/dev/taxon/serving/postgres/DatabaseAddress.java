package dev.taxon.serving.postgres;

/**
 * Where a database is and who may enter: the owner runs migrations, the application does everything else and is bound
 * by row-level security.
 *
 * @param port TCP port on the loopback interface
 */
public record DatabaseAddress(int port, String ownerPassword, String applicationPassword) {

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + Roles.DATABASE;
    }

    public String ownerUser() {
        return Roles.OWNER;
    }

    public String applicationUser() {
        return Roles.APPLICATION;
    }

    /** Leaves the passwords out, so that an address may be logged. */
    @Override
    public String toString() {
        return jdbcUrl();
    }
}
