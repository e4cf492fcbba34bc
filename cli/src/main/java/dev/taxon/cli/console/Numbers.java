package dev.taxon.cli.console;

import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as options are given them; what is none is told in words instead of types. */
public final class Numbers {
    private static final String WHOLE = "a whole number";
    private static final String ANY = "a number";

    private Numbers() {}

    /** Has a command and those below it read numbers so. */
    public static void register(CommandLine command) {
        command.registerConverter(Integer.class, reading(Integer::valueOf, WHOLE));
        command.registerConverter(int.class, reading(Integer::valueOf, WHOLE));
        command.registerConverter(Long.class, reading(Long::valueOf, WHOLE));
        command.registerConverter(long.class, reading(Long::valueOf, WHOLE));
        command.registerConverter(Double.class, reading(Double::valueOf, ANY));
        command.registerConverter(double.class, reading(Double::valueOf, ANY));
    }

    private static <T> ITypeConverter<T> reading(Function<String, T> parse, String kind) {
        return given -> {
            try {
                return parse.apply(given);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + given + "' is not " + kind + range(given, kind));
            }
        };
    }

    /** Digits alone are a whole number, only one that no setting takes. */
    private static String range(String given, String kind) {
        return kind.equals(WHOLE) && given.matches("[+-]?\\d+") ? " of this size" : "";
    }
}
