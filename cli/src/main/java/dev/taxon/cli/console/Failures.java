package dev.taxon.cli.console;

import dev.taxon.core.DeviceException;
import dev.taxon.core.InputException;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.postgres.PostgresException;
import dev.taxon.training.data.DataException;
import dev.taxon.training.policy.RewardException;
import dev.taxon.training.run.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** The one line that a failure is told in. */
public final class Failures {
    private Failures() {}

    public static String sentence(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return sentence(unchecked.getCause());
        }
        if (failure instanceof NoSuchFileException missing) {
            return "There is no file " + missing.getFile() + ".";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "Access to " + denied.getFile() + " is denied.";
        }
        String message = firstLine(failure);
        return foreseen(failure) && !message.isEmpty()
                ? message
                : "Unexpected " + failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message)
                        + " (--stacktrace shows where)";
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static boolean foreseen(Throwable failure) {
        return failure instanceof CommandFailure
                || failure instanceof InputException
                || failure instanceof CheckpointException
                || failure instanceof DeviceException
                || failure instanceof PostgresException
                || failure instanceof DataException
                || failure instanceof TrainingException
                || failure instanceof RewardException
                || failure instanceof DatabaseException
                || failure instanceof IOException;
    }
}
