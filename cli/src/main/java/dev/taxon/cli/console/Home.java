package dev.taxon.cli.console;

import java.nio.file.Path;

/** The repository that the launcher belongs to; it hands its place over as a system property. */
public record Home(Path folder) {
    /** The system property that names the repository. */
    public static final String PROPERTY = "taxon.home";

    public static Home current() {
        return new Home(
                Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath().normalize());
    }

    /** Where data lies unless a command is told otherwise. */
    public Path defaultData() {
        return folder.resolve(".taxon");
    }

    /** The server as its build leaves it. */
    public Path serverJar() {
        return folder.resolve("serving/target/quarkus-app/quarkus-run.jar");
    }
}
