package dev.taxon.cli.validate;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.training.data.ColumnNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name columns of data files. */
public final class ColumnOptions {
    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            description =
                    "The column of the texts. Default: text, sentence, content, message, utterance, body or title.")
    @Nullable
    String text;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            description =
                    "The column of the true labels. Default: true_labels, labels, categories, tags, label, category,"
                            + " intent or class.")
    @Nullable
    String label;

    @Option(
            names = "--label-separator",
            paramLabel = "S",
            description =
                    "What stands between the labels of a cell. Default: | or ; in columns whose name is a plural.")
    @Nullable
    String separator;

    /** Throws {@link WrongUse} for what makes no sense. */
    public ColumnNames names() {
        try {
            return new ColumnNames(text, label, separator);
        } catch (IllegalArgumentException wrong) {
            throw new WrongUse("--label-separator: " + wrong.getMessage(), wrong);
        }
    }
}
