package dev.taxon.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} tells: as much as a report of a fault needs. */
public final class Version implements IVersionProvider {
    private static final String RESOURCE = "/dev/taxon/cli/version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is not in the build");
            }
            properties.load(in);
        }
        return new String[] {
            "taxon " + properties.getProperty("version") + ", Java " + System.getProperty("java.version")
        };
    }
}
