package dev.taxon.serving.batching;

import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.LabelScore;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import java.util.List;

/** Rows whose text tells them apart, and classifications that tell which row they are of. */
final class Rows {
    private Rows() {}

    static EncodedInput row(String text, int length) {
        ClassificationInput input = ClassificationInput.of(text, List.of("label"));
        return EncodedInput.of(input, EncodedRow.apart(new TokenIds(new int[length]), List.of()), length, false);
    }

    static Classification answer(EncodedInput row) {
        LabelScore score = new LabelScore(row.input().text(), 1);
        return new Classification.Scored(List.of(score), List.of(score), List.of(0f), row.tokens(), false);
    }

    static List<String> texts(List<Classification> answers) {
        return answers.stream()
                .map(answer ->
                        ((Classification.Scored) answer).predictions().get(0).label())
                .toList();
    }
}
