package dev.taxon.serving.http;

import io.vertx.core.MultiMap;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** The query parameters of a resource that are numbers, as its method declares them. */
final class NumberParameters {
    private static final Set<Class<?>> WHOLE = Set.of(Integer.class, int.class, Long.class, long.class);

    private NumberParameters() {}

    /** The first one that a call gives something else for; empty also where the call is for no resource. */
    static Optional<String> misread(SimpleResourceInfo resource, MultiMap query) {
        return parameters(resource)
                .filter(parameter -> WHOLE.contains(parameter.getType()))
                .flatMap(parameter ->
                        name(parameter).filter(name -> !fits(parameter.getType(), query.get(name))).stream())
                .findFirst();
    }

    private static Stream<Parameter> parameters(SimpleResourceInfo resource) {
        Class<?> type = resource.getResourceClass();
        if (type == null) {
            return Stream.empty();
        }
        try {
            Method method = type.getMethod(resource.getMethodName(), resource.parameterTypes());
            return Stream.of(method.getParameters());
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("A call reached a method that its resource does not have.", impossible);
        }
    }

    /** What it is called in a query; empty for one that stands elsewhere. */
    private static Optional<String> name(Parameter parameter) {
        RestQuery own = parameter.getAnnotation(RestQuery.class);
        if (own != null) {
            return Optional.of(own.value().isEmpty() ? parameter.getName() : own.value());
        }
        return Optional.ofNullable(parameter.getAnnotation(QueryParam.class)).map(QueryParam::value);
    }

    private static boolean fits(Class<?> type, @Nullable String value) {
        if (value == null) {
            return true;
        }
        try {
            long number = Long.parseLong(value);
            boolean narrow = type == Integer.class || type == int.class;
            return !narrow || number == (int) number;
        } catch (NumberFormatException other) {
            return false;
        }
    }
}
