package dev.taxon.serving.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The passwords of one cluster: made once, kept in a file that its owner alone can read. */
record Passwords(String superuser, String owner, String application) {
    private static final int BYTES = 24;

    static Passwords load(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return new Passwords(
                require(properties, "superuser", file),
                require(properties, "owner", file),
                require(properties, "application", file));
    }

    static Passwords loadOrCreate(Path file) throws IOException {
        return Files.exists(file) ? load(file) : create(file);
    }

    private static Passwords create(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        Passwords passwords = new Passwords(generate(random), generate(random), generate(random));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        writePrivately(
                draft,
                "superuser=%s%nowner=%s%napplication=%s%n"
                        .formatted(passwords.superuser, passwords.owner, passwords.application));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return passwords;
    }

    /** Writes a file that only its owner can read, from its first byte on. */
    static void writePrivately(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private static String generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String require(Properties properties, String name, Path file) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new PostgresException(
                    "The database's passwords in " + file + " lack an entry '" + name + "'; restore the file.");
        }
        return value;
    }

    @Override
    public String toString() {
        return "Passwords[...]";
    }
}
