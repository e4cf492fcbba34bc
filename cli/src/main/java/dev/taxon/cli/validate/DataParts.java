package dev.taxon.cli.validate;

import dev.taxon.training.data.LabelledSets;
import dev.taxon.training.data.validation.DataPart;
import dev.taxon.training.data.validation.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code F} and {@code role=F}. */
final class DataParts {
    private DataParts() {}

    /** The files, and all data files of folders, in the order given; those without a role are to train on. */
    static List<DataPart> of(List<String> arguments) {
        return arguments.stream().flatMap(DataParts::parts).toList();
    }

    private static Stream<DataPart> parts(String argument) {
        for (Role role : Role.values()) {
            String prefix = role.title() + "=";
            if (argument.startsWith(prefix)) {
                return parts(role, argument.substring(prefix.length()));
            }
        }
        return parts(Role.TRAIN, argument);
    }

    private static Stream<DataPart> parts(Role role, String path) {
        return LabelledSets.files(List.of(Path.of(path))).stream().map(file -> new DataPart(role, file));
    }
}
