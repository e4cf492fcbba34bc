package dev.taxon.cli.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.Classification.NotFinite;
import dev.taxon.core.Classification.Scored;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.LabelScore;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Scores a label by how often its first letter occurs in the text; a text "NaN" gives no numbers. */
public final class FakeClassifier implements Classifier {
    public final List<Integer> batchSizes = new ArrayList<>();
    public boolean closed;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Precision precision() {
        return Precision.FP32;
    }

    @Override
    public EncodedInput encode(ClassificationInput input) {
        if (input.text().isBlank()) {
            throw new InputException(Reason.INVALID, "text", "text is empty or blank; give a text to classify.");
        }
        int[] ids = input.text().chars().toArray();
        return new EncodedInput(input, new TokenIds(ids), List.of(), ids.length, false);
    }

    @Override
    public List<Classification> score(List<EncodedInput> batch) {
        batchSizes.add(batch.size());
        return batch.stream().map(FakeClassifier::score).toList();
    }

    private static Classification score(EncodedInput row) {
        if (row.input().text().equals("NaN")) {
            return new NotFinite(row.tokens(), false);
        }
        List<Float> logits =
                row.input().labels().stream().map(label -> logit(row, label)).toList();
        List<LabelScore> scores = row.input().labels().stream()
                .distinct()
                .map(label -> new LabelScore(label, logit(row, label) / row.tokens()))
                .sorted(Comparator.comparingDouble(LabelScore::score).reversed())
                .toList();
        return new Scored(scores.subList(0, 1), scores, logits, row.tokens(), row.truncated());
    }

    private static float logit(EncodedInput row, String label) {
        String name = label.substring(label.lastIndexOf('.') + 1);
        return row.input()
                .text()
                .chars()
                .filter(letter -> letter == name.charAt(0))
                .count();
    }

    @Override
    public List<Classification> classify(List<ClassificationInput> inputs) {
        return score(inputs.stream().map(this::encode).toList());
    }

    @Override
    public void close() {
        closed = true;
    }
}
