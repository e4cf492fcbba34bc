package dev.taxon.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Mutations;
import dev.taxon.core.checkpoint.OracleFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapter folders come from strangers: what is damaged is refused with a reason, and never in another way. */
class MutatedAdaptersTest {
    private static final int ROUNDS = 300;
    private static final int MANY_ROUNDS = 20_000;

    @TempDir
    Path folder;

    @Test
    void damagedFoldersAreRefusedWithAReason() throws IOException {
        damage(ROUNDS);
    }

    @Test
    @Tag("soak")
    void soAreManyMore() throws IOException {
        damage(MANY_ROUNDS);
    }

    private void damage(int rounds) throws IOException {
        Path whole = OracleFolders.adapter(OracleFolders.SIMPLE_FIRST, "rank-pattern");
        byte[] config = Files.readAllBytes(whole.resolve(AdapterFolder.CONFIG));
        byte[] weights = Files.readAllBytes(whole.resolve(AdapterFolder.WEIGHTS));
        Mutations mutations = new Mutations(5);
        AdapterFolder reader = TestAdapters.reader();
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            boolean configurations = round % 2 == 0;
            Files.write(folder.resolve(AdapterFolder.CONFIG), configurations ? mutations.of(config) : config);
            Files.write(folder.resolve(AdapterFolder.WEIGHTS), configurations ? weights : mutations.of(weights));
            refused += refuses(reader, round);
        }
        assertThat(refused).isBetween(rounds / 10, rounds);
    }

    private int refuses(AdapterFolder reader, int round) {
        try {
            assertThat(reader.read(folder).digest()).hasSize(64);
            return 0;
        } catch (CheckpointException refusal) {
            assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            return 1;
        } catch (RuntimeException other) {
            return fail("round " + round + " ends in another error", other);
        }
    }
}
