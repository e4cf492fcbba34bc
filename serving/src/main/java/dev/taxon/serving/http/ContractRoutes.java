package dev.taxon.serving.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The routes of the contract by path template, one a line after its methods; {@code *} stands for any method, a trailing
 * slash for whatever lies below.
 */
final class ContractRoutes {
    private static final List<ContractRoute> ROUTES = read("""
            POST          /v1/classify
            GET           /v1/adapters
            GET,DELETE    /v1/adapters/{name}
            GET,POST      /v1/adapters/{name}/versions
            GET,DELETE    /v1/adapters/{name}/versions/{n}
            GET           /v1/adapters/{name}/versions/{n}/export
            POST          /v1/adapters/{name}/promote
            POST          /v1/adapters/{name}/rollback
            PUT           /v1/adapters/{name}/canary
            PUT           /v1/adapters/{name}/shadow
            GET           /v1/adapters/{name}/comparison
            GET           /v1/usage
            GET           /v1/models
            GET,POST      /v1/admin/tenants
            GET,PATCH,DELETE /v1/admin/tenants/{name}
            GET,POST      /v1/admin/keys
            DELETE        /v1/admin/keys/{id}
            GET,PUT       /v1/admin/quotas/{name}
            GET           /v1/admin/audit
            GET           /v1/export
            DELETE        /v1/tenant
            GET,POST      /v1/webhooks
            GET,DELETE    /v1/webhooks/{id}
            GET,POST      /v1/datasets
            GET,DELETE    /v1/datasets/{name}
            GET,POST      /v1/datasets/{name}/versions
            GET,DELETE    /v1/datasets/{name}/versions/{n}
            GET           /v1/datasets/{name}/versions/{n}/report
            GET           /v1/datasets/{name}/versions/{n}/rows
            DELETE        /v1/datasets/{name}/rows/{id}
            GET,PUT       /v1/settings
            POST          /v1/feedback
            GET,POST      /v1/jobs
            GET           /v1/jobs/{id}
            POST          /v1/jobs/{id}/cancel
            GET           /v1/jobs/{id}/events
            GET           /v1/jobs/{id}/result
            """);

    private ContractRoutes() {}

    /** The route of a path. */
    static Optional<ContractRoute> find(String path) {
        return ROUTES.stream().filter(route -> route.matches(path)).findFirst();
    }

    private static List<ContractRoute> read(String table) {
        return table.lines().map(ContractRoutes::route).toList();
    }

    private static ContractRoute route(String line) {
        String[] words = line.strip().split(" +");
        List<String> methods = words[0].equals("*") ? List.of() : Arrays.asList(words[0].split(","));
        return new ContractRoute(methods, words[1]);
    }
}
