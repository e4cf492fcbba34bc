package dev.taxon.training.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Mode;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.Tickets;
import dev.taxon.training.data.Example;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.step.AdapterSize;
import dev.taxon.training.step.AdapterTarget;
import dev.taxon.training.step.AdapterTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a small real checkpoint. */
class RowScorerTest {
    private final StopSignal stop = new StopSignal();
    private Checkpoint checkpoint;
    private Tokenizer tokenizer;
    private AdapterTrainer trainer;

    @BeforeEach
    void open() {
        checkpoint = Checkpoints.open(Path.of("../core/src/test/resources/oracle/bert-simple-first"));
        tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
        AdapterSize size = new AdapterSize(2, 4, EnumSet.allOf(AdapterTarget.class));
        trainer = AdapterTrainer.load(checkpoint, size.shape(checkpoint.config()), Precision.FP32);
        trainer.begin(1);
    }

    @AfterEach
    void close() {
        trainer.close();
        tokenizer.close();
        checkpoint.close();
    }

    @Test
    void aStopActsWhileRowsAreRead() {
        List<Integer> read = new ArrayList<>();
        RowScorer scorer = scorer(Tickets.of(4), row -> {
            read.add(row);
            if (row == 2) {
                stop.request();
            }
            return "row " + row;
        });
        assertThat(scorer.score(new int[] {0, 1, 2, 3, 4}, stop)).isEmpty();
        assertThat(read).containsExactly(0, 1, 2);
    }

    @Test
    void aRowThatCannotBeReadIsNamedByItsPlaceAmongAll() {
        List<Example> rows = new ArrayList<>(Tickets.of(2));
        rows.set(4, new Example("my parcel is late", List.of("delivery", " "), List.of("delivery")));
        RowScorer scorer = scorer(rows, row -> "row " + (row + 1));
        assertThatThrownBy(() -> scorer.score(new int[] {3, 4}, stop))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("Cannot read row 5: ");
    }

    private RowScorer scorer(List<Example> rows, IntFunction<String> place) {
        PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
        return new RowScorer(trainer, new RowEncoder(prompts, Mode.SINGLE_LABEL, null), rows, place);
    }
}
