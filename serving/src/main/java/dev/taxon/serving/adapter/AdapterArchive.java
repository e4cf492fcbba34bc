package dev.taxon.serving.adapter;

import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.http.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip that claims to hold an adapter's folder. It comes from a stranger: it may hold the files of such a folder and nothing
 * else, at its top or in one folder, and nothing that it says of sizes is believed.
 */
final class AdapterArchive {
    private static final int MOST_ENTRIES = 8;
    private static final int BUFFER_BYTES = 1 << 16;

    private static final long MOST_SETTINGS_BYTES = 1 << 20;

    private final long mostBytes;
    private long written;

    /**
     * A reader.
     *
     * @param mostBytes the most that all files together may unpack to
     */
    AdapterArchive(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Unpacks into a folder; a problem says what is wrong with the archive, an exception what is wrong with the disk. */
    void unpack(Path zip, Path folder) throws IOException {
        ZipDirectory.read(zip).requireSmall(MOST_ENTRIES);
        try (ZipFile archive = open(zip)) {
            unpack(archive, folder);
        } catch (ZipException | IllegalArgumentException unreadable) {
            throw unreadable();
        }
    }

    private static ZipFile open(Path zip) throws IOException {
        try {
            return ZipFile.builder().setPath(zip).get();
        } catch (IOException | IllegalArgumentException unreadable) {
            // The file is there, whole and ours: what fails is what stands in it.
            throw unreadable();
        }
    }

    private static ProblemException unreadable() {
        return refused("The body is no zip that can be read");
    }

    private void unpack(ZipFile archive, Path folder) throws IOException {
        List<ZipArchiveEntry> entries = Collections.list(archive.getEntries());
        if (entries.size() > MOST_ENTRIES) {
            throw refused("The zip has " + entries.size() + " entries, and an adapter's folder has 2 or 3 files");
        }
        Set<String> folders = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (ZipArchiveEntry entry : entries) {
            if (!entry.isDirectory()) {
                String name = name(entry, folders);
                if (!names.add(name) || folders.size() > 1) {
                    throw refused("The zip has the file " + name + " twice, or files in several folders");
                }
                copy(archive, entry, folder.resolve(name));
            }
        }
    }

    /** The file's name, where it is one of an adapter's; it alone is used, so that no path leads anywhere. */
    private static String name(ZipArchiveEntry entry, Set<String> folders) {
        int slash = entry.getName().lastIndexOf('/');
        String name = entry.getName().substring(slash + 1);
        String parent = slash < 0 ? "" : entry.getName().substring(0, slash);
        folders.add(parent);
        boolean absolute = slash == 0;
        if (absolute
                || !AdapterFiles.NAMES.contains(name)
                || parent.contains("/")
                || parent.contains("..")
                || parent.contains("\\")) {
            throw refused("The zip holds other files or paths than " + String.join(", ", AdapterFiles.NAMES)
                    + " at its top or in one folder");
        }
        if (entry.isUnixSymlink()) {
            throw refused("The zip holds a link in the place of " + name);
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw refused("The zip is encrypted");
        }
        return name;
    }

    private void copy(ZipFile archive, ZipArchiveEntry entry, Path file) throws IOException {
        if (!archive.canReadEntryData(entry)) {
            throw refused("The zip is packed in a way that is not read here; use the usual deflate");
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        // Settings are parsed whole, so that a small zip must not become a large tree in memory.
        long most =
                file.endsWith(AdapterFolder.WEIGHTS) ? mostBytes : Math.min(mostBytes, written + MOST_SETTINGS_BYTES);
        try (CheckedInputStream packed = open(archive, entry);
                OutputStream unpacked = Files.newOutputStream(file)) {
            for (int read = read(packed, buffer); read >= 0; read = read(packed, buffer)) {
                written += read;
                if (written > most) {
                    throw new ProblemException(
                            ErrorCode.PAYLOAD_TOO_LARGE,
                            "The zip unpacks to more than is taken: " + mostBytes + " bytes, and " + MOST_SETTINGS_BYTES
                                    + " of a file of JSON. Send a smaller adapter.");
                }
                unpacked.write(buffer, 0, read);
            }
            if (packed.getChecksum().getValue() != entry.getCrc()) {
                throw refused("The zip was damaged: " + file.getFileName() + " is not what its checksum says");
            }
        }
    }

    private static CheckedInputStream open(ZipFile archive, ZipArchiveEntry entry) {
        try {
            return new CheckedInputStream(archive.getInputStream(entry), new CRC32());
        } catch (IOException unreadable) {
            throw unreadable();
        }
    }

    private static int read(InputStream packed, byte[] buffer) {
        try {
            return packed.read(buffer);
        } catch (IOException unreadable) {
            throw unreadable();
        }
    }

    private static ProblemException refused(String what) {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST,
                what + ". Send a zip of a folder as PEFT writes it, with taxon.json beside.");
    }
}
