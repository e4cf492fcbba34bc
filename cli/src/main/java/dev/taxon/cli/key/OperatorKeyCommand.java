package dev.taxon.cli.key;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.serving.postgres.DatabaseAddress;
import dev.taxon.serving.tenant.OperatorKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes and revokes operators' keys; whoever may run it on the host is an operator. */
@Command(
        name = "operator-key",
        description = {
            "Make a key of an operator, for the routes below /v1/admin.",
            "Works beside a running 'taxon up' and without one. The key is shown once: only its hash is stored."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  taxon operator-key", "  taxon operator-key --revoke 0123456789abcdef"})
public final class OperatorKeyCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--revoke",
            paramLabel = "ID",
            description = "Revoke a key for good instead; its id stands between the underscores.")
    @Nullable
    String revoked;

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder. Default: .taxon in the repository.")
    @Nullable
    Path data;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        String line = KeyDatabase.with(data, "making an operator's key", this::work);
        command.commandLine().getOut().println(line);
        return 0;
    }

    private String work(DatabaseAddress database) {
        OperatorKeys keys = new OperatorKeys(KeyDatabase.owner(database));
        if (revoked == null) {
            return keys.create().token();
        }
        if (!keys.revoke(revoked)) {
            throw new CommandFailure("There is no operator's key " + revoked + " in use.");
        }
        return "Revoked " + revoked + ".";
    }
}
