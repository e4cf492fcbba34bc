package dev.taxon.serving.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Mode;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.fixture.AdapterServerTest;
import dev.taxon.serving.fixture.AdapterZips;
import dev.taxon.serving.fixture.Problems;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Zips come from strangers: what is no adapter is refused, and nothing of it stays. */
@QuarkusTest
class RefusedAdaptersIT extends AdapterServerTest {
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_LENGTH = 20;
    private static final int MOST_LABELS = 1000;

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("%F0%9F%98%80", "-a", "a".repeat(64), "a%20b")) {
            assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, importVersion(name, AdapterZips.of(1, LABELS)))
                            .at())
                    .isEqualTo("name");
        }
    }

    @Test
    void refusesWhatIsNoZip() {
        refused("This is no zip.".getBytes(StandardCharsets.UTF_8), "no zip");
        refused(new byte[0], "no zip");
        byte[] whole = AdapterZips.of(1, LABELS);
        refused(Arrays.copyOf(whole, whole.length / 2), "no zip");
    }

    @Test
    void refusesADamagedDirectory() {
        byte[] damaged = AdapterZips.of(1, LABELS);
        int directory =
                ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).getInt(damaged.length - END_LENGTH + 16);
        Arrays.fill(damaged, directory, damaged.length - END_LENGTH, (byte) 7);
        refused(damaged, "no zip");
    }

    @Test
    void refusesFilesThatAreNotWhatTheirChecksumsSay() {
        byte[] damaged = AdapterZips.of(1, LABELS);
        ByteBuffer zip = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
        int checksum = zip.getInt(damaged.length - END_LENGTH + 16) + 16;
        zip.putInt(checksum, ~zip.getInt(checksum));
        refused(damaged, "not what its checksum says");
    }

    /** A reader builds what it finds in memory, and what stands at the end need not be what it finds. */
    @Test
    void refusesDirectoriesThatAreLongerThanTheirEndSays() {
        byte[] whole = AdapterZips.of(1, LABELS);
        byte[] shorter = whole.clone();
        ByteBuffer end = ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN);
        int size = end.getInt(shorter.length - END_LENGTH + 12);
        end.putInt(shorter.length - END_LENGTH + 12, size - 50);
        refused(shorter, "another directory");

        ByteBuffer large = ByteBuffer.allocate(whole.length + LOCATOR_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        large.put(whole, 0, whole.length - END_LENGTH);
        large.putInt(0x07064b50).put(new byte[LOCATOR_LENGTH - 4]);
        large.put(whole, whole.length - END_LENGTH, END_LENGTH);
        large.putInt(large.capacity() - END_LENGTH + 12, size + LOCATOR_LENGTH);
        refused(large.array(), "another directory");
    }

    @Test
    void refusesOtherFilesAndPathsThatClimb() {
        for (String file : List.of(
                "model.bin",
                "../" + AdapterFolder.CONFIG,
                "/" + "etc/" + AdapterFolder.CONFIG,
                "a/b/" + AdapterFolder.CONFIG,
                "..\\" + AdapterFolder.CONFIG,
                "../../../../tmp/taxon-climbed")) {
            Map<String, byte[]> files = AdapterZips.folder(LABELS);
            files.put(file, new byte[] {1});
            refused(AdapterZips.zip(files), "");
        }
    }

    @Test
    void refusesPathsFromTheRoot() {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        files.put("/" + AdapterFolder.CONFIG, files.remove(AdapterFolder.CONFIG));
        refused(AdapterZips.zip(files), "other files or paths");
    }

    @Test
    void namesNoPlaceInWhatIsNestedTooDeeply() {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        String deep = "{\"bias\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        for (String file : List.of(AdapterFolder.CONFIG, AdapterFolder.SETTINGS)) {
            Map<String, byte[]> nested = new java.util.HashMap<>(files);
            nested.put(file, deep.getBytes(StandardCharsets.UTF_8));
            refused(AdapterZips.zip(nested), file + " is nested too deeply");
        }
    }

    /** What the engine reads may still be more than what is kept as the lineage. */
    @Test
    void refusesMetricsThatAreNestedTooDeeply() {
        String deep = "{\"metrics\": " + "[".repeat(900) + "]".repeat(900) + "}";
        refused(withSettings(deep), AdapterFolder.SETTINGS + " is nested too deeply");
    }

    @Test
    void refusesLabelsThatNoRequestMayHave() {
        refused(withSettings("{\"labels\": [\"a\", \" \"]}"), "labels must be a list of names");
        refused(withSettings("{\"labels\": [\"a\", \"\\ud800\"]}"), "labels[1] is not well-formed");
        String many = IntStream.range(0, MOST_LABELS + 1)
                .mapToObj(label -> "\"" + label + "\"")
                .collect(Collectors.joining(",", "{\"labels\": [", "]}"));
        refused(withSettings(many), "There are " + (MOST_LABELS + 1));
    }

    private static byte[] withSettings(String settings) {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        files.put(AdapterFolder.SETTINGS, settings.getBytes(StandardCharsets.UTF_8));
        return AdapterZips.zip(files);
    }

    @Test
    void refusesFilesTwice() {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        files.put("folder/" + AdapterFolder.CONFIG, files.get(AdapterFolder.CONFIG));
        refused(AdapterZips.zip(files), "twice");
    }

    @Test
    void refusesLinks() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry link = new ZipArchiveEntry(AdapterFolder.CONFIG);
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        refused(bytes.toByteArray(), "link");
    }

    @Test
    void refusesBombs() throws IOException {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        files.put(AdapterFolder.WEIGHTS, new byte[AdapterZips.MOST_BYTES + 1]);
        byte[] bomb = AdapterZips.zip(files);
        assertThat(bomb.length).isLessThan(AdapterZips.MOST_BYTES / 100);
        Problems.expect(ErrorCode.PAYLOAD_TOO_LARGE, importVersion(newName(), bomb));
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        Problems.expect(ErrorCode.PAYLOAD_TOO_LARGE, importVersion(newName(), new byte[AdapterZips.MOST_BYTES + 1]));
    }

    @Test
    void refusesHeadersThatLie() {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        byte[] weights =
                Arrays.copyOf(AdapterZips.folder(LABELS).get(AdapterFolder.WEIGHTS), AdapterZips.MOST_BYTES / 2);
        weights[6] = 0x7f;
        files.put(AdapterFolder.WEIGHTS, weights);
        refused(AdapterZips.zip(files), AdapterFolder.WEIGHTS);
        files.put(
                AdapterFolder.WEIGHTS, Arrays.copyOf(AdapterZips.folder(LABELS).get(AdapterFolder.WEIGHTS), 500));
        refused(AdapterZips.zip(files), AdapterFolder.WEIGHTS);
    }

    @Test
    void refusesFoldersThatAreNotWhole() {
        for (String missing : List.of(AdapterFolder.CONFIG, AdapterFolder.WEIGHTS)) {
            Map<String, byte[]> files = AdapterZips.folder(LABELS);
            files.remove(missing);
            refused(AdapterZips.zip(files), missing);
        }
    }

    @Test
    void refusesAdaptersOfAnotherBase() {
        byte[] zip = AdapterZips.zip(
                AdapterZips.files(AdapterZips.adapter(1, LABELS, Mode.SINGLE_LABEL, Optional.of("0f".repeat(32)))));
        refused(zip, "trained on the base 0f0f");
    }

    @Test
    void namesTheFieldAndQuotesNoText() {
        Map<String, byte[]> files = AdapterZips.folder(LABELS);
        files.put(
                AdapterFolder.CONFIG,
                "{\"peft_type\":\"LORA\",\"bias\":\"Jane Doe\"}".getBytes(StandardCharsets.UTF_8));
        String detail = Problems.expect(ErrorCode.INVALID_REQUEST, importVersion(newName(), AdapterZips.zip(files)))
                .detail();
        assertThat(detail)
                .isEqualTo(
                        "adapter_config.json: bias is a text of 8 characters, which Taxon does not support; it supports"
                                + " none.");
    }

    @Test
    void leavesNothingOfWhatItRefused() {
        String name = newName();
        importVersion(name, "This is no zip.".getBytes(StandardCharsets.UTF_8));
        Problems.expect(ErrorCode.NOT_FOUND, call("GET", "/v1/adapters/" + name, ""));
    }

    private void refused(byte[] zip, String words) {
        assertThat(Problems.expect(ErrorCode.INVALID_REQUEST, importVersion(newName(), zip))
                        .detail())
                .contains(words)
                .doesNotContain("taxon-adapter", "/tmp");
    }
}
