package dev.taxon.cli.key;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.database.DatabaseLogin;
import dev.taxon.serving.tenant.OperatorKeys;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        footer = {
            "  taxon operator-key",
            "  taxon operator-key --revoke 0123456789abcdef",
            "  TAXON_DATABASE_PASSWORD=... TAXON_DATABASE_OWNER=taxon_owner TAXON_DATABASE_OWNER_PASSWORD=... \\",
            "    taxon operator-key --database URL"
        })
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

    @Mixin
    final DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        String line = database.with("making an operator's key", this::work);
        command.commandLine().getOut().println(line);
        return 0;
    }

    private String work(DatabaseLogin login) {
        OperatorKeys keys = new OperatorKeys(Connections.owner(login));
        if (revoked == null) {
            return keys.create().token();
        }
        if (!keys.revoke(revoked)) {
            throw new CommandFailure("There is no operator's key " + revoked + " in use.");
        }
        return "Revoked " + revoked + ".";
    }
}
