package dev.taxon.serving.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server says about itself in {@code postmaster.pid}.
 *
 * @param pid process id of the server, which may have died since
 * @param ready true once it takes connections
 */
record PostmasterFile(long pid, int port, boolean ready) {
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** Empty when there is no such file, or when the server is only about to write it. */
    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        try {
            List<String> lines = Files.readAllLines(path(cluster));
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            boolean ready =
                    lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
            return Optional.of(new PostmasterFile(
                    Long.parseLong(lines.get(PID_LINE).strip()),
                    Integer.parseInt(lines.get(PORT_LINE).strip()),
                    ready));
        } catch (NoSuchFileException | NumberFormatException absent) {
            return Optional.empty();
        }
    }

    static Path path(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** The process of that id, which may have come to be another one. */
    ForeignProcess process() {
        return new ForeignProcess(pid);
    }

    /** True when the process of that id runs and serves this very cluster. */
    boolean serves(Path cluster) {
        return process().runs() && process().hasArgument(cluster.toString());
    }
}
