package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.CandidateLabel;
import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdapterWriterTest {
    @TempDir
    Path folder;

    static List<String> names() {
        return OracleFolders.adapterNames(OracleFolders.SIMPLE_FIRST);
    }

    /** Plain and partial targets, patterns, rsLoRA and whole heads: what is written is what was read. */
    @ParameterizedTest
    @MethodSource("names")
    void whatIsWrittenIsReadAsTheSame(String name) throws IOException {
        AdapterFolder reader = reader();
        Adapter adapter = reader.read(OracleFolders.adapter(OracleFolders.SIMPLE_FIRST, name));
        AdapterWriter.write(adapter, folder.resolve("new"));
        Adapter read = reader.read(folder.resolve("new"));
        assertThat(read.updates().keySet()).isEqualTo(adapter.updates().keySet());
        assertThat(read.updates()).allSatisfy((layer, update) -> assertSame(update, adapter, layer));
        AdapterWriter.write(read, folder.resolve("again"));
        assertThat(reader.read(folder.resolve("again")).digest()).isEqualTo(read.digest());
    }

    @Test
    void settingsAreKept() throws IOException {
        AdapterFolder reader = reader();
        Adapter plain = reader.read(OracleFolders.adapter(OracleFolders.SIMPLE_FIRST, "attention-r4"));
        AdapterSettings settings = new AdapterSettings(
                List.of(new CandidateLabel("a", null, null), new CandidateLabel("b", "what b is", null)),
                Optional.of(Mode.MULTI_LABEL),
                1.5,
                OptionalDouble.of(0.4),
                Map.of("a", 0.25, "b", 1.0));
        AdapterWriter.write(new Adapter("unread", settings, plain.updates(), Optional.of("base")), folder);
        Adapter read = reader.read(folder);
        assertThat(read.settings()).isEqualTo(settings);
        assertThat(read.base()).contains("base");
    }

    private static void assertSame(LowRankUpdate update, Adapter adapter, String layer) {
        LowRankUpdate expected = Objects.requireNonNull(adapter.updates().get(layer));
        assertThat(update.rank()).isEqualTo(expected.rank());
        assertThat(update.down()).isEqualTo(expected.down());
        assertThat(update.up()).isEqualTo(expected.up());
        assertThat(update.shift()).isEqualTo(expected.shift());
    }

    private static AdapterFolder reader() {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(OracleFolders.SIMPLE_FIRST))) {
            return new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), "base");
        }
    }
}
