package dev.taxon.sdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of the server's committed OpenAPI document, which is written by a program: a line says one thing. */
final class Snapshot {

    private static final Path FILE = Path.of("../serving/src/test/resources/openapi.yaml");
    private static final Pattern PATH = Pattern.compile(" {2}(/v1/\\S+):");
    private static final Pattern METHOD = Pattern.compile(" {4}(get|put|post|patch|delete):");
    private static final Pattern ID = Pattern.compile(" {6}operationId: (\\w+)");
    private static final Pattern PARAMETER = Pattern.compile(" {6}- name: (\\S+)");
    private static final Pattern PLACE = Pattern.compile(" {8}in: (query|header)");

    /**
     * One operation.
     *
     * @param path with the names of its parameters in braces
     * @param queries names of parameters of the query
     * @param headers names of headers
     */
    record Operation(String id, String method, String path, List<String> queries, List<String> headers) {

        /** Whether this is what was asked, whatever stands for the path's parameters. */
        boolean isAskedBy(LoopbackServer.Asked asked) {
            String plain = asked.path().replaceFirst("\\?.*", "");
            return asked.method().equals(method) && plain.matches(path.replaceAll("\\{\\w+}", "[^/]+"));
        }
    }

    private final List<Operation> operations = new ArrayList<>();
    private String path = "";
    private String method = "";
    private String parameter = "";

    private Snapshot() {}

    static List<Operation> operations() throws IOException {
        Snapshot snapshot = new Snapshot();
        Files.readAllLines(FILE).forEach(snapshot::line);
        return snapshot.operations;
    }

    private void line(String line) {
        path = found(PATH, line, path);
        method = found(METHOD, line, method);
        parameter = found(PARAMETER, line, parameter);
        String id = found(ID, line, "");
        String place = found(PLACE, line, "");
        if (!id.isEmpty()) {
            operations.add(
                    new Operation(id, method.toUpperCase(Locale.ROOT), path, new ArrayList<>(), new ArrayList<>()));
        } else if (!place.isEmpty()) {
            Operation last = operations.get(operations.size() - 1);
            (place.equals("query") ? last.queries() : last.headers()).add(parameter);
        }
    }

    private static String found(Pattern pattern, String line, String otherwise) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() ? matcher.group(1) : otherwise;
    }
}
