package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Postgres' programs as commands. They refuse to run as root, so root runs them in a user namespace where it is nobody:
 * the files stay root's own, and no other user is needed.
 */
record Programs(Path folder, boolean asRoot) {
    private static final int ROOT = 0;

    static Programs in(Path folder) throws IOException {
        return new Programs(
                folder, Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT));
    }

    ProcessBuilder command(String program, List<String> arguments) {
        List<String> command = Tether.inOwnSession();
        if (asRoot) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        // Settings for other Postgres servers of this user must not reach this one, nor those of the launcher's
        // allocator.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("MALLOC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    String hint() {
        return asRoot
                ? " As root, the embedded database needs user namespaces (the command unshare --user): allow them, run"
                        + " as another user, or name an external database."
                : "";
    }
}
