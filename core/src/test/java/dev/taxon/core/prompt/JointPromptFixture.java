package dev.taxon.core.prompt;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Mode;
import dev.taxon.core.OnLong;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.OracleFolders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Prompts of checkpoints in the reference's layout. */
abstract class JointPromptFixture {
    static final List<String> LABELS = List.of("sports", "business");

    private @Nullable Tokenizer opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    /** Of an oracle's checkpoint, whose tokenizer is closed after the test. */
    PromptEncoder prompt(String folder) {
        try (Checkpoint checkpoint = Checkpoints.open(OracleFolders.path(folder))) {
            Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
            return PromptEncoder.of(checkpoint.config(), closedAfterwards(tokenizer));
        }
    }

    Tokenizer closedAfterwards(Tokenizer tokenizer) {
        opened = tokenizer;
        return tokenizer;
    }

    static ClassificationInput input(String text, List<String> labels, OnLong onLong, @Nullable Integer maxLength) {
        return new ClassificationInput(text, labels, Mode.SINGLE_LABEL, null, onLong, maxLength);
    }
}
