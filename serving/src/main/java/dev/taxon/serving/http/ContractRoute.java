package dev.taxon.serving.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A route as the contract writes it.
 *
 * @param methods what it takes; empty for any
 * @param template its path with {@code {names}} for what varies; ends in a slash when it stands for all paths below
 */
record ContractRoute(List<String> methods, String template) {
    private static final Pattern VARIABLE = Pattern.compile("\\{[a-z]+}");

    ContractRoute {
        methods = List.copyOf(methods);
    }

    boolean matches(String path) {
        String exact = VARIABLE.matcher(template).replaceAll("[^/]+");
        return Pattern.matches(template.endsWith("/") ? exact + ".+" : exact, path);
    }

    boolean takes(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    /** The value of an {@code Allow} header. */
    String allow() {
        return String.join(", ", methods);
    }
}
