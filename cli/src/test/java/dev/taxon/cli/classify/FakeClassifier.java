package dev.taxon.cli.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.Classifier;
import dev.taxon.core.Decoder;
import dev.taxon.core.InputException;
import dev.taxon.core.InputException.Reason;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The logit of a label is how often its first letter occurs in the text; a text "NaN" gives no numbers. */
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
    public Adapter readAdapter(Path folder) {
        throw new UnsupportedOperationException("this classifier reads no adapters");
    }

    @Override
    public EncodedInput encode(ClassificationInput input) {
        if (input.text().isBlank()) {
            throw new InputException(Reason.INVALID, "text", "text is empty or blank; give a text to classify.");
        }
        int[] ids = input.text().chars().toArray();
        return EncodedInput.of(input, EncodedRow.apart(new TokenIds(ids), List.of()), ids.length, false);
    }

    @Override
    public List<Classification> score(List<EncodedInput> batch) {
        batchSizes.add(batch.size());
        return Decoder.decode(batch, batch.stream().map(FakeClassifier::logits).toList());
    }

    private static float[] logits(EncodedInput row) {
        List<String> labels = row.input().labels();
        float[] logits = new float[labels.size()];
        for (int position = 0; position < logits.length; position++) {
            logits[position] = row.input().text().equals("NaN") ? Float.NaN : logit(row, labels.get(position));
        }
        return logits;
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
