package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.cli.console.Home;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pastes the README's story, as it stands there, into a shell beside a server. */
@Timeout(1_200)
final class ReadmeIT {
    private static final Path REPOSITORY = Path.of(System.getProperty(Home.PROPERTY));
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path folder;

    @Test
    void theStoryRunsAsItIsWritten() throws Exception {
        Path data = folder.resolve("data");
        int port = freePort();
        List<String> blocks = story();
        assertThat(blocks).hasSize(3);
        prepare(data);
        try (UpProcess up = UpProcess.start(data, port)) {
            up.awaitLine("curl ");
            String said = paste(String.join("\n", blocks).replace("127.0.0.1:8080", "127.0.0.1:" + port));
            assertThat(said)
                    .contains("\"adapter\":\"support@1\"", "\"active\":2", "judged_by_learned_rows")
                    // Every problem says whether trying again helps; nothing else does.
                    .doesNotContain("\"retryable\"");
            assertThat(folder.resolve("export.zip")).isNotEmptyFile();
            awaitRefusal(port);
            up.signal("INT");
            assertThat(up.awaitExit()).isZero();
        }
    }

    private static List<String> story() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        int start = readme.indexOf("## A classifier for each customer");
        int end = readme.indexOf("\n## ", start + 1);
        return BLOCK.matcher(readme.substring(start, end))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** What stands in the repository's folder, with a command that looks for the data where this test keeps them. */
    private static void prepare(Path data) throws IOException {
        Files.createSymbolicLink(folder.resolve("docs"), REPOSITORY.resolve("docs"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path command = Files.writeString(folder.resolve("taxon"), """
                #!/bin/sh
                exec '%s' '-D%s=%s' -cp '%s' dev.taxon.cli.Taxon "$@" --data '%s'
                """.formatted(
                        java, Home.PROPERTY, REPOSITORY, System.getProperty("java.class.path"), data));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String paste(String lines) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process shell = new ProcessBuilder("bash", "-e")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                // As a terminal does: what one of them writes goes after what the others wrote.
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
        try (var input = shell.outputWriter()) {
            input.write(lines);
        }
        assertThat(shell.waitFor()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    /** A key that is gone may be remembered for some seconds. */
    private static void awaitRefusal(int port) throws Exception {
        for (int looks = 0; looks < 60 && statusOfModels(port) == 200; looks++) {
            Thread.sleep(500);
        }
        assertThat(statusOfModels(port)).isEqualTo(401);
    }

    private static int statusOfModels(int port) throws Exception {
        String story = Files.readString(folder.resolve("said"));
        String token = Pattern.compile("tx_\\w+")
                .matcher(story)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
