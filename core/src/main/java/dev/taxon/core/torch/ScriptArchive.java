package dev.taxon.core.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program as the archive that libtorch loads: sources and one module object, no weights. The sources are
 * resources under {@code dev/taxon/programs} in the importer's dialect; {@code heads.py} is {@code __torch__.heads}.
 *
 * @param main the source file whose class of the same name, capitalised, is the module
 * @param sources those that others use first
 * @param attributes values of the module's attributes by name, see {@link ScriptObject}
 */
public record ScriptArchive(String main, List<Source> sources, Map<String, Object> attributes) {

    /** The value of an attribute that a method of the program sets later. */
    public static final Object NONE = new Object();

    /**
     * A source of a program.
     *
     * @param module the name that other sources know it by
     * @param resource the resource's name without {@code .py}
     */
    public record Source(String module, String resource) {
        /** A source that is known by its own name. */
        public static Source of(String name) {
            return new Source(name, name);
        }
    }

    private static final String FOLDER = "program/";

    public ScriptArchive {
        sources = List.copyOf(sources);
        attributes = new LinkedHashMap<>(attributes);
    }

    /** The archive's bytes: a zip of stored entries under one folder. */
    public byte[] pack() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", Pickle.object(object()));
            for (Source source : sources) {
                store(zip, "code/__torch__/" + source.module() + ".py", source(source.resource()));
            }
            store(zip, "constants.pkl", Pickle.emptyTuple());
            store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same with more sources; those that are there already stay as they are. */
    public ScriptArchive with(List<Source> more) {
        LinkedHashSet<Source> all = new LinkedHashSet<>(sources);
        all.addAll(more);
        return new ScriptArchive(main, List.copyOf(all), attributes);
    }

    /** The module, to be part of another program that has the same sources. */
    public ScriptObject object() {
        return new ScriptObject(main, attributes);
    }

    private static byte[] source(String name) throws IOException {
        try (InputStream in = ScriptArchive.class.getResourceAsStream("/dev/taxon/programs/" + name + ".py")) {
            if (in == null) {
                throw new IllegalStateException("no program source " + name + ".py on the class path");
            }
            return in.readAllBytes();
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
