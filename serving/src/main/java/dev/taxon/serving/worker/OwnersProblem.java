package dev.taxon.serving.worker;

import dev.taxon.core.InputException;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.training.data.DataException;
import dev.taxon.training.policy.RewardException;
import dev.taxon.training.run.TrainingException;
import java.nio.file.Path;
import java.util.Optional;

/** What a failure means to a job's owner, who sees neither this machine nor a command line. */
final class OwnersProblem {
    private OwnersProblem() {}

    /**
     * The failure in words that its owner can act on; empty where another attempt may not meet it, or nobody but the
     * operator can do something about it.
     *
     * @param folder the attempt's, which messages must not tell of
     */
    static Optional<Problem> of(RuntimeException failure, Path folder) {
        if (failure instanceof ProblemException told) {
            return Optional.of(told.problem());
        }
        if (NodeFailure.of(failure).isPresent()) {
            return Optional.empty();
        }
        boolean told = failure instanceof DataException
                || failure instanceof RewardException
                || failure instanceof CheckpointException
                || failure instanceof InputException
                || failure instanceof IllegalSettings;
        // With a cause it is nothing that its owner could change.
        boolean learned = failure instanceof TrainingException && failure.getCause() == null;
        return told || learned
                ? Optional.of(
                        Problem.of(ErrorCode.INVALID_REQUEST, worded(String.valueOf(failure.getMessage()), folder)))
                : Optional.empty();
    }

    private static String worded(String message, Path folder) {
        if (message.contains("cannot go on with other settings or data")) {
            return "Rows of the dataset were erased, the base model was replaced, or Taxon was upgraded, while the job ran."
                    + " Ask for the job again.";
        }
        return message.replace(folder + "/", "")
                .replace("--batch-tokens", "batch_tokens")
                .replace("--rank", "rank");
    }
}
