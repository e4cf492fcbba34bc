package dev.taxon.training.data.validation;

import dev.taxon.training.data.ColumnNames;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How data are validated.
 *
 * @param columns which columns to read
 * @param labels the label set; empty to take what rows offer and have
 * @param tokens how texts are read by the model; empty to leave tokens out
 */
public record ValidationOptions(ColumnNames columns, List<String> labels, Optional<TokenLimits> tokens) {
    public ValidationOptions {
        labels = List.copyOf(labels);
        if (labels.stream().anyMatch(String::isBlank) || new HashSet<>(labels).size() != labels.size()) {
            throw new IllegalArgumentException("The labels given must not be blank, nor the same twice.");
        }
    }

    /** Columns and labels found, tokens left out. */
    public static ValidationOptions defaults() {
        return new ValidationOptions(ColumnNames.FOUND, List.of(), Optional.empty());
    }

    public ValidationOptions withTokens(TokenLimits limits) {
        return new ValidationOptions(columns, labels, Optional.of(limits));
    }
}
