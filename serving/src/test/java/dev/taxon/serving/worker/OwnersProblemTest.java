package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.training.data.DataException;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OwnersProblemTest {
    private static final Path FOLDER = Path.of("/somewhere/work");

    @Test
    void saysNothingOfTheMachine() {
        DataException failure = new DataException(FOLDER + "/rows/tickets-3.jsonl, line 7: the text is blank.");

        assertThat(OwnersProblem.of(failure, FOLDER).map(Problem::detail))
                .contains("rows/tickets-3.jsonl, line 7: the text is blank.");
    }

    @Test
    void namesSettingsAsTheWireDoes() {
        TrainingException failure = new TrainingException("Try a smaller --batch-tokens, --rank or model.");

        assertThat(OwnersProblem.of(failure, FOLDER).map(Problem::detail))
                .contains("Try a smaller batch_tokens, rank or model.");
    }

    @Test
    void aProblemStaysAsItIs() {
        Problem problem = Problem.of(ErrorCode.QUOTA_EXCEEDED, "Too large.");

        assertThat(OwnersProblem.of(new ProblemException(problem), FOLDER)).contains(problem);
    }

    @Test
    void aFullDiskAndWhatNobodyForesawAreNotTheOwners() {
        assertThat(OwnersProblem.of(new TrainingException("Make room.", new IOException()), FOLDER))
                .isEmpty();
        assertThat(OwnersProblem.of(new IllegalStateException("a customer's words"), FOLDER))
                .isEmpty();
    }
}
