package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public method of the client's types shows in its Javadoc how it is called. */
final class ExamplesTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/taxon/sdk");
    private static final String JAVADOC = "(?<doc>^ {4}/\\*\\*(?:(?!\\*/).)*\\*/\\s*)?";
    private static final String ANNOTATIONS = "(?:^ {4}@\\w+[^\\n]*\\n)*";
    /** The method's name is the word before the first parenthesis; a constructor's begins with a capital. */
    private static final Pattern METHOD = Pattern.compile(
            JAVADOC + ANNOTATIONS + "^ {4}public [^(=;{]*?(?<name>[a-z]\\w*)\\(", Pattern.DOTALL | Pattern.MULTILINE);

    static Stream<Path> sources() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.list(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(ExamplesTest::isPublic)
                    .sorted()
                    .toList();
        }
        assertThat(sources).hasSizeGreaterThan(20);
        return sources.stream();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void publicMethodsHaveExamples(Path source) throws IOException {
        String text = Files.readString(source);

        List<MatchResult> methods = METHOD.matcher(text).results().toList();

        assertThat(methods.stream().map(method -> method.group(2)).filter(name -> !name.equals("toString")))
                .as("this test sees the methods that there are")
                .hasSize((int) CallTypes.methods(type(source)).count());
        assertThat(methods)
                .filteredOn(method -> !method.group(2).equals("toString"))
                .allSatisfy(method -> assertThat(method.group(1))
                        .as(method.group(2) + " shows how it is called")
                        .isNotNull()
                        .containsPattern("<pre>\\{@code\\s[^}]"));
    }

    private static boolean isPublic(Path source) {
        return !source.endsWith("package-info.java")
                && Modifier.isPublic(type(source).getModifiers());
    }

    private static Class<?> type(Path source) {
        String name = source.getFileName().toString().replace(".java", "");
        try {
            return Class.forName("dev.taxon.sdk." + name);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }
}
