package dev.taxon.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a checkpoint's files stand: a folder on disk, or a folder of the class path. */
public sealed interface CheckpointFolder {

    /** Bytes of a file that is read whole; the largest tokenizers take some tens of megabytes. */
    long LARGEST_READ = 256_000_000;

    /** The folder's own name, which is the model's where config.json gives none. */
    String name();

    /** What messages call one of its files. */
    String describe(String file);

    boolean has(String file);

    /** A file's bytes. Throws {@link CheckpointException} naming it when it is missing. */
    byte[] read(String file);

    /** Opens a safetensors file: mapped where it stands on disk, read into memory where it stands in a jar. */
    Weights weights(String file);

    static CheckpointFolder of(Path folder) {
        return new Directory(folder);
    }

    /**
     * A folder of the class path.
     *
     * @param folder such as {@code dev/taxon/models/taxon-small}, without a slash at either end
     */
    static CheckpointFolder ofResources(ClassLoader loader, String folder) {
        return new Resources(loader, folder);
    }

    /** A folder on disk. */
    record Directory(Path folder) implements CheckpointFolder {
        @Override
        public String name() {
            Path name = folder.toAbsolutePath().normalize().getFileName();
            return name == null ? "model" : name.toString();
        }

        @Override
        public String describe(String file) {
            return folder.resolve(file).toString();
        }

        @Override
        public boolean has(String file) {
            return Files.isRegularFile(folder.resolve(file));
        }

        @Override
        public byte[] read(String file) {
            requireFolder();
            if (!has(file)) {
                throw missing(this, file);
            }
            try {
                requireReadable(file, Files.size(folder.resolve(file)));
                return Files.readAllBytes(folder.resolve(file));
            } catch (IOException e) {
                throw new CheckpointException(describe(file) + " cannot be read.", e);
            }
        }

        @Override
        public Weights weights(String file) {
            return SafetensorsFile.open(folder.resolve(file));
        }

        private void requireReadable(String file, long size) {
            if (size > LARGEST_READ) {
                throw new CheckpointException("%s takes %d bytes; at most %d are read into memory."
                        .formatted(describe(file), size, LARGEST_READ));
            }
        }

        private void requireFolder() {
            if (!Files.isDirectory(folder)) {
                throw new CheckpointException(
                        "%s is not a folder; a checkpoint is a folder of config.json, model.safetensors and tokenizer.json."
                                .formatted(folder));
            }
        }
    }

    /** A folder of the class path. */
    record Resources(ClassLoader loader, String folder) implements CheckpointFolder {
        @Override
        public String name() {
            return folder.substring(folder.lastIndexOf('/') + 1);
        }

        @Override
        public String describe(String file) {
            return "class path resource " + folder + "/" + file;
        }

        @Override
        public boolean has(String file) {
            return url(file).isPresent();
        }

        @Override
        public byte[] read(String file) {
            URL url = url(file).orElseThrow(() -> missing(this, file));
            try (InputStream input = url.openStream()) {
                return input.readAllBytes();
            } catch (IOException e) {
                throw new CheckpointException(describe(file) + " cannot be read.", e);
            }
        }

        @Override
        public Weights weights(String file) {
            URL url = url(file).orElseThrow(() -> missing(this, file));
            if (!url.getProtocol().equals("file")) {
                return SafetensorsFile.ofBytes(describe(file), read(file));
            }
            try {
                return SafetensorsFile.open(Path.of(url.toURI()));
            } catch (URISyntaxException e) {
                throw new CheckpointException(describe(file) + " has an address that cannot be opened.", e);
            }
        }

        private Optional<URL> url(String file) {
            return Optional.ofNullable(loader.getResource(folder + "/" + file));
        }
    }

    private static CheckpointException missing(CheckpointFolder folder, String file) {
        return new CheckpointException(folder.describe(file)
                + " is missing; a checkpoint is config.json, model.safetensors and tokenizer.json.");
    }
}
