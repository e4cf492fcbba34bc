package dev.taxon.sdk;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The types whose methods ask something of the server: the client, and what its methods lead to. */
final class CallTypes {

    /** Led to by calls, and no calls themselves: their Javadoc says how each is used with and without waiting. */
    private static final Set<Class<?>> OTHERS = Set.of(Paged.class, JobEvents.class, TaxonClientBuilder.class);

    private CallTypes() {}

    static Set<Class<?>> all() {
        Set<Class<?>> found = new LinkedHashSet<>();
        add(TaxonClient.class, found);
        return found;
    }

    private static void add(Class<?> type, Set<Class<?>> found) {
        if (!OTHERS.contains(type) && found.add(type)) {
            methods(type)
                    .flatMap(method -> Stream.of(method.getReturnType(), futureOf(method)))
                    .filter(CallTypes::ours)
                    .forEach(next -> add(next, found));
        }
    }

    private static boolean ours(Class<?> type) {
        return type.getPackage() == TaxonClient.class.getPackage();
    }

    /** The public methods that the type adds to those of every object. */
    static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().equals("toString"))
                .sorted(Comparator.comparing(Method::toGenericString));
    }

    /** What a future of this method's holds; void where it gives none. */
    static Class<?> futureOf(Method method) {
        return method.getGenericReturnType() instanceof ParameterizedType future
                ? raw(future.getActualTypeArguments()[0])
                : void.class;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    /** As {@code JobsClient.get(String)}. */
    static String name(Method method) {
        List<String> parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .toList();
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + String.join(", ", parameters)
                + ")";
    }
}
