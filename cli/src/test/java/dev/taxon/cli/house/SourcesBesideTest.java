package dev.taxon.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java files that no module has, and that people run one by one, are written against the modules as they are now. */
final class SourcesBesideTest {
    private static final List<Path> FOLDERS = List.of(
            Path.of("../benchmarks"),
            Path.of("../models/taxon-small/recipe"),
            Path.of("../models/taxon-small/recipe/gpu"));

    @TempDir
    Path classes;

    static Stream<Path> sources() throws IOException {
        Stream<Path> all = Stream.empty();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> own = files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .toList();
                assertThat(own).as("sources in " + folder).isNotEmpty();
                all = Stream.concat(all, own.stream());
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("sources")
    void compiles(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
            boolean compiled = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
