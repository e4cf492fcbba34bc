package dev.taxon.serving.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordsTest {
    @TempDir
    Path folder;

    @Test
    void areMadeOnceAndKeptPrivate() throws IOException {
        Passwords made = Passwords.loadOrCreate(folder.resolve("passwords"));
        assertThat(Passwords.loadOrCreate(folder.resolve("passwords")).owner()).isEqualTo(made.owner());
        assertThat(made.owner()).hasSize(48).isNotEqualTo(made.application()).isNotEqualTo(made.superuser());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("passwords"))))
                .isEqualTo("rw-------");
    }

    @Test
    void doNotShowThemselves() throws IOException {
        Passwords made = Passwords.loadOrCreate(folder.resolve("passwords"));
        assertThat(made.toString()).doesNotContain(made.owner());
        assertThat(new DatabaseAddress(5432, made.owner(), made.application()).toString())
                .doesNotContain(made.owner())
                .doesNotContain(made.application());
    }

    @Test
    void sayWhatADamagedFileLacks() throws IOException {
        Path file = Files.writeString(folder.resolve("passwords"), "superuser=a\nowner=b\n");
        assertThatThrownBy(() -> Passwords.load(file))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("'application'")
                .hasMessageContaining(file.toString());
    }
}
