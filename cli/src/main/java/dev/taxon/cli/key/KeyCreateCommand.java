package dev.taxon.cli.key;

import dev.taxon.serving.tenant.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "create",
        description = {
            "Make a key of a tenant, and the tenant when there is none.",
            "Works beside a running 'taxon up' and without one. The key is shown once: only its hash is stored."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon key create --tenant acme",
            "  taxon key create --tenant acme --scope classify --scope feedback"
        })
final class KeyCreateCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--tenant", required = true, paramLabel = "NAME", description = "Whose key it is.")
    String tenant = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What it may do: classify, feedback, train or manage; may be repeated. All when not given.")
    List<String> scopes = List.of();

    @Mixin
    final DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() throws IOException {
        CommandSpec command = java.util.Objects.requireNonNull(spec);
        try {
            Set<Scope> wanted = scopes();
            String key = database.with("making a key", login -> new TenantKeyMaker(login).create(tenant, wanted));
            command.commandLine().getOut().println(key);
            return 0;
        } catch (IllegalArgumentException wrongUse) {
            throw new ParameterException(command.commandLine(), String.valueOf(wrongUse.getMessage()), wrongUse);
        }
    }

    private Set<Scope> scopes() {
        return scopes.isEmpty() ? Scope.all() : scopes.stream().map(Scope::of).collect(Collectors.toUnmodifiableSet());
    }
}
