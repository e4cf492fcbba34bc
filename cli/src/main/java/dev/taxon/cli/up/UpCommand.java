package dev.taxon.cli.up;

import dev.taxon.cli.console.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts Taxon on this machine, all of it or a part, and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        description = {
            "Start the database, the server and a worker on this machine, and keep them running until Ctrl-C.",
            "On an empty data folder it makes a first tenant and its key, and shows a first request to paste.",
            "With --database the database runs elsewhere, and --role starts a part: so that other machines join."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon up",
            "  taxon up --port 9000 --data ~/taxon-data",
            "  taxon up --model path/to/a/gliclass/checkpoint",
            "  taxon up --model path/to/the/new/one --also path/to/the/old/one",
            "  TAXON_DATABASE_PASSWORD=... taxon up --role worker --database postgresql://taxon_app@db.example:5432/taxon"
        })
public final class UpCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where data lies. Default: .taxon in the repository.")
    @Nullable
    Path data;

    @Option(names = "--port", paramLabel = "PORT", description = "Port to listen on. Default: ${DEFAULT-VALUE}.")
    int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on; 0.0.0.0 is all of this machine's. Default: ${DEFAULT-VALUE}.")
    String host = "127.0.0.1";

    @Option(names = "--model", paramLabel = "DIR", description = "A GLiClass checkpoint instead of taxon-small.")
    @Nullable
    Path model;

    @Option(
            names = "--also",
            paramLabel = "DIR",
            description =
                    "A model to go on serving beside it, for the adapters that belong to it: a checkpoint's folder, or"
                            + " taxon-small. May be given several times.")
    List<String> also = new ArrayList<>();

    @Option(names = "--role", paramLabel = "ROLE", description = "Only a part: api or worker. Needs --database.")
    @Nullable
    Part role;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = {
                "A Postgres that all nodes share, postgresql://USER@HOST:PORT/DATABASE; its password in"
                        + " TAXON_DATABASE_PASSWORD.",
                "A node that is to migrate the schema also has TAXON_DATABASE_OWNER and TAXON_DATABASE_OWNER_PASSWORD."
            })
    @Nullable
    String database;

    @Override
    public Integer call() throws Exception {
        Home home = Home.current();
        Path folder = data == null ? home.defaultData() : data;
        CommandSpec command = Objects.requireNonNull(spec);
        new Installation(
                        home,
                        folder,
                        Extent.of(role, database, System.getenv()),
                        new ListenAddress(host, port),
                        ServedModels.of(model, also),
                        command.commandLine().getOut())
                .run();
        return 0;
    }
}
