package dev.taxon.core.bench;

import dev.taxon.core.ClassificationInput;
import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.MarkPositions;
import dev.taxon.core.prompt.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rows of random token ids, all of one shape: each label its mark and two tokens, then the mark of the text and exactly
 * {@code length} tokens. Rows share their labels, as one tenant's do.
 */
public final class SyntheticRows {
    /** Below lie, in BERT's vocabulary, special and unused ids. */
    private static final int FIRST_WORD = 1000;

    private static final int TOKENS_A_LABEL = 2;

    private final ModelConfig config;
    private final SplittableRandom random = new SplittableRandom(7);

    public SyntheticRows(ModelConfig config) {
        this.config = config;
    }

    /** Tokens of a row, by the reference's count: labels with their marks, the text's mark, and the text. */
    public static int sequenceLength(int labels, int length) {
        return (TOKENS_A_LABEL + 1) * labels + 1 + length;
    }

    /** Whether the model can read such a row: it must fit where positions are absolute. */
    public boolean fit(int labels, int length) {
        int sequence = config.layout() instanceof Layout.LateMixing ? length + 1 : sequenceLength(labels, length);
        return sequence <= config.encoder().positions();
    }

    /** A batch of such rows. */
    public List<EncodedInput> batch(int labels, int length, int batch) {
        List<String> names =
                IntStream.range(0, labels).mapToObj(label -> "label " + label).toList();
        ClassificationInput input = ClassificationInput.of("synthetic", names);
        List<TokenIds> labelTokens = IntStream.range(0, labels)
                .mapToObj(label -> new TokenIds(words(TOKENS_A_LABEL)))
                .toList();
        List<EncodedInput> rows = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
            rows.add(row(input, labelTokens, length));
        }
        return rows;
    }

    private EncodedInput row(ClassificationInput input, List<TokenIds> labels, int length) {
        int tokens = sequenceLength(labels.size(), length);
        if (!(config.layout() instanceof Layout.Joint layout)) {
            return EncodedInput.of(input, EncodedRow.apart(new TokenIds(words(length + 1)), labels), tokens, false);
        }
        int[] sequence = new int[tokens];
        List<Integer> marks = new ArrayList<>();
        int position = 0;
        for (TokenIds label : labels) {
            marks.add(position);
            sequence[position++] = layout.markers().label();
            for (int token : label.toArray()) {
                sequence[position++] = token;
            }
        }
        MarkPositions positions = new MarkPositions(marks, position);
        sequence[position++] = layout.markers().text();
        System.arraycopy(words(length), 0, sequence, position, length);
        return EncodedInput.of(input, EncodedRow.joint(new TokenIds(sequence), positions), tokens, false);
    }

    private int[] words(int count) {
        int vocabulary = config.encoder().vocabularySize();
        int first = Math.min(FIRST_WORD, vocabulary / 2);
        return random.ints(count, first, Math.min(vocabulary, lowestMarker()) - 1)
                .toArray();
    }

    /** Markers must not occur by chance. */
    private int lowestMarker() {
        return config.layout() instanceof Layout.Joint layout
                ? Math.min(layout.markers().label(), layout.markers().text())
                : Integer.MAX_VALUE;
    }
}
