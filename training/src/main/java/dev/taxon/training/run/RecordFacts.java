package dev.taxon.training.run;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a record of settings says, one fact a component, by dotted names in snake case: {@code size.rank} is {@code 16}.
 * Lineages and the identity of jobs are written so, and stay readable when a record gains a component.
 */
public final class RecordFacts {
    private RecordFacts() {}

    /** The facts of a record whose components are names of their own. */
    public static Map<String, String> of(Record settings) {
        return of("", settings);
    }

    /** The facts of a record and of the records in it; the components of collections are sorted. */
    public static Map<String, String> of(String name, Record settings) {
        Map<String, String> facts = new LinkedHashMap<>();
        collect(name, settings, facts);
        return facts;
    }

    private static void collect(String name, Record settings, Map<String, String> facts) {
        RecordComponent[] components = settings.getClass().getRecordComponents();
        if (components.length == 0) {
            facts.put(name, snake(settings.getClass().getSimpleName()));
        }
        for (RecordComponent component : components) {
            String own = (name.isEmpty() ? "" : name + ".") + snake(component.getName());
            Object value = value(component, settings);
            if (value instanceof Record inner) {
                collect(own, inner, facts);
            } else {
                facts.put(own, text(value));
            }
        }
    }

    private static Object value(RecordComponent component, Record settings) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor cannot be called", e);
        }
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> all) {
            return all.stream().map(RecordFacts::text).sorted().collect(Collectors.joining(","));
        }
        return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : String.valueOf(value);
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
