package dev.taxon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.Mutations;
import dev.taxon.core.checkpoint.OracleFolders;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoint folders come from strangers: one whose configuration or tokenizer is damaged is refused with a reason or is
 * still a model, and what it costs to find out is bounded by its size.
 */
class MutatedCheckpointsTest {
    private static final int ROUNDS = 400;
    private static final int MANY_ROUNDS = 20_000;
    private static final List<String> FOLDERS =
            List.of(OracleFolders.SIMPLE_FIRST, OracleFolders.DEBERTA, OracleFolders.MODERN_BERT);
    private static final List<String> FILES = List.of("config.json", "tokenizer.json");

    /** Parsed JSON is larger than its text, and readers have buffers. */
    private static final long BYTES_A_BYTE = 400;

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
        Mutations mutations = new Mutations(7);
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            Path whole = OracleFolders.path(FOLDERS.get(round % FOLDERS.size()));
            String damaged = FILES.get(round / FOLDERS.size() % FILES.size());
            for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
                byte[] bytes = Files.readAllBytes(whole.resolve(file));
                Files.write(folder.resolve(file), file.equals(damaged) ? mutations.of(bytes) : bytes);
            }
            refused += refuses(round);
        }
        assertThat(refused).isBetween(rounds / 10, rounds);
    }

    private int refuses(int round) throws IOException {
        long before = allocated();
        try (Checkpoint checkpoint = Checkpoints.open(folder);
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get())) {
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            assertThat(prompts.encode(ClassificationInput.of("a text", List.of("a", "b")))
                            .rows())
                    .isNotEmpty();
            return 0;
        } catch (CheckpointException | InputException refusal) {
            assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(1_000);
            return 1;
        } catch (RuntimeException other) {
            return fail("round " + round + " ends in another error", other);
        } finally {
            assertThat(allocated() - before).as("round %d", round).isLessThan(BYTES_A_BYTE * size());
        }
    }

    private long size() throws IOException {
        long size = 0;
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            size += Files.size(folder.resolve(file));
        }
        return size;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
