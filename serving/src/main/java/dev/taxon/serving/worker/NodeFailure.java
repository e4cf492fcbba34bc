package dev.taxon.serving.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.taxon.serving.database.DatabaseException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** What keeps a node from its part, whatever the job: the same job goes well where there is room, or later. */
enum NodeFailure {
    /** What the job works on could not be written, or not be read again. */
    DISK,
    /** Nothing could be asked or stored. */
    DATABASE;

    private static final int MOST_CAUSES = 20;
    private static final Pattern NO_MEMORY = Pattern.compile("(out of|not enough|allocate) memory");

    /** Empty where it is the job, the program or lost memory: another attempt may well end the same way. */
    static Optional<NodeFailure> of(Throwable failure) {
        if (anyCause(failure, DatabaseException.class::isInstance)) {
            return Optional.of(DATABASE);
        }
        return anyCause(failure, NodeFailure::isOfTheDisk) ? Optional.of(DISK) : Optional.empty();
    }

    /** Whether there was not enough memory, on the heap or for the engine, which says so in words alone. */
    static boolean isOfMemory(Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof OutOfMemoryError
                        || NO_MEMORY.matcher(String.valueOf(cause.getMessage())).find());
    }

    private static boolean anyCause(Throwable failure, Predicate<Throwable> asked) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, cause -> cause.map(Throwable::getCause))
                .limit(MOST_CAUSES)
                .map(Optional::orElseThrow)
                .anyMatch(asked);
    }

    /** Content that is not as it should be is an {@link IOException}, too, and stays so on every disk. */
    private static boolean isOfTheDisk(Throwable cause) {
        boolean ofTheContent = cause instanceof JsonProcessingException
                || cause instanceof EOFException
                || cause instanceof ZipException
                || cause instanceof CharacterCodingException;
        return cause instanceof IOException && !ofTheContent;
    }
}
