package dev.taxon.serving.postgres;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log file that never outgrows its bounds: when full it becomes {@code name.1}, the former {@code name.1} becomes
 * {@code name.2}, and the oldest is dropped. Files are cut between lines. Not thread-safe.
 */
public final class RotatingLog extends OutputStream {
    private static final long DEFAULT_BYTES = 5L << 20;
    private static final int DEFAULT_OLDER_FILES = 3;
    private static final int BUFFER = 8192;

    private final Path file;
    private final long maximumBytes;
    private final int olderFiles;
    private OutputStream out;
    private long size;
    private boolean broken;

    /** Appends to a file of at most 5 MiB, with three older ones beside it; creates its folder. */
    public RotatingLog(Path file) throws IOException {
        this(file, DEFAULT_BYTES, DEFAULT_OLDER_FILES);
    }

    RotatingLog(Path file, long maximumBytes, int olderFiles) throws IOException {
        this.file = file;
        this.maximumBytes = maximumBytes;
        this.olderFiles = olderFiles;
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        this.out = open(file);
        this.size = Files.size(file);
    }

    /**
     * Copies a child's output into this log on a thread of its own until the output ends, then closes the log. What
     * cannot be written, as on a full disk, is dropped: a child must never wait for its log, nor lose its pipe.
     */
    public void follow(InputStream output, String name) {
        Thread pump = new Thread(() -> copy(output), "log-" + name);
        pump.setDaemon(true);
        pump.start();
    }

    void copy(InputStream output) {
        try (output) {
            byte[] buffer = new byte[BUFFER];
            for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException unreadable) {
            System.err.println("taxon: what goes to the log " + file + " cannot be read: " + unreadable.getMessage());
        } finally {
            closeQuietly();
        }
    }

    private void keep(byte[] buffer, int length) {
        try {
            if (broken) {
                reopen();
            }
            write(buffer, 0, length);
            flush();
            broken = false;
        } catch (IOException failed) {
            if (!broken) {
                System.err.println("taxon: the log " + file + " cannot be written, lines are dropped until it can: "
                        + failed.getMessage());
            }
            broken = true;
        }
    }

    /** Starts over at the end of the file; what the failed stream still holds is dropped. */
    private void reopen() throws IOException {
        closeQuietly();
        out = open(file);
        size = Files.size(file);
    }

    private void closeQuietly() {
        try {
            out.close();
        } catch (IOException dropped) {
            // Said when the write failed; closing tries the same bytes again.
        }
    }

    @Override
    public void write(int single) throws IOException {
        out.write(single);
        size++;
        if (single == '\n' && size >= maximumBytes) {
            rotate();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void rotate() throws IOException {
        out.close();
        for (int age = olderFiles; age > 0; age--) {
            Path younger = age == 1 ? file : older(age - 1);
            if (Files.exists(younger)) {
                Files.move(younger, older(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        out = open(file);
        size = 0;
    }

    private Path older(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
}
