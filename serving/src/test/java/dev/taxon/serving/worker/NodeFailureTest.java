package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.training.data.DataException;
import dev.taxon.training.run.TrainingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class NodeFailureTest {
    private static final IOException FULL = new FileSystemException("/work/rows", null, "No space left on device");

    @Test
    void theDiskIsFoundBehindWhateverIsMadeOfIt() {
        assertThat(List.of(
                        FULL,
                        new UncheckedIOException(FULL),
                        new TrainingException("Make room.", FULL),
                        new DataException("The data file cannot be read.", FULL),
                        new IllegalStateException(new UncheckedIOException(FULL))))
                .allSatisfy(failure -> assertThat(NodeFailure.of(failure)).contains(NodeFailure.DISK));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNoDiskThoughItsConnectionBroke() {
        assertThat(NodeFailure.of(new DatabaseException("The database did not answer.", new IOException())))
                .contains(NodeFailure.DATABASE);
    }

    @Test
    void contentThatIsNotAsItShouldBeIsSoEverywhere() {
        assertThat(List.of(
                        new JsonParseException(null, "a customer's words"),
                        new EOFException(),
                        new ZipException(),
                        new MalformedInputException(1)))
                .allSatisfy(failure -> assertThat(NodeFailure.of(new UncheckedIOException(failure)))
                        .isEmpty());
    }

    @Test
    void whatNobodyForesawIsNoFailureOfTheNode() {
        assertThat(NodeFailure.of(new IllegalStateException())).isEmpty();
        assertThat(NodeFailure.of(new OutOfMemoryError())).isEmpty();
        assertThat(NodeFailure.of(new TrainingException("Step 7 gave a loss of NaN.")))
                .isEmpty();
    }
}
