package dev.taxon.core.model;

import dev.taxon.core.checkpoint.Layout;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.torch.Filler;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What stands where in joint sequences, by place in the packing.
 *
 * @param read [B + M] of each row the token that its text is read from first, and the first of each of its labels
 * @param labelTokens [S] the tokens of all labels: each from its class token, or the token after it, to the next class
 *     token; the last label's run to the text's marker or, as in the reference, to the end of the row
 * @param labelNumbers [S] whose they are, counted over all rows
 * @param texts [B, 3] of each row where its text begins, its tokens, and over how many its mean goes
 * @param segments [T] what each token belongs to: 0 labels, 1 text, 2 a row with examples; empty where the layout has
 *     no segments
 */
record JointPlaces(long[] read, long[] labelTokens, long[] labelNumbers, long[] texts, long[] segments) {

    /** Collects the places of rows in the order of the packing. Not thread-safe. */
    static final class Collector {
        private static final int LABELS = 0;
        private static final int TEXT = 1;
        private static final int WITH_EXAMPLES = 2;

        private final Layout.Joint layout;
        private final LongStream.Builder read = LongStream.builder();
        private final LongStream.Builder labelTokens = LongStream.builder();
        private final LongStream.Builder labelNumbers = LongStream.builder();
        private final LongStream.Builder texts = LongStream.builder();
        private final LongStream.Builder segments = LongStream.builder();
        private int labels;

        Collector(Layout.Joint layout) {
            this.layout = layout;
        }

        /** Adds a row whose first token stands at a place of the packing. */
        void add(EncodedRow row, long start) {
            int length = row.text().length();
            int textMark = row.marks().text();
            int textStart = layout.text().fromTextToken() ? textMark : 0;
            read.add(start + textStart);
            addLabels(row, start, layout.text().fromTextToken() ? textMark : length);
            addText(start, textStart, length);
            addSegments(row, textMark);
        }

        private void addLabels(EncodedRow row, long start, int lastEnd) {
            int skipped = layout.labels().fromMarker() ? 0 : 1;
            List<Integer> marks = row.marks().labels();
            for (int label = 0; label < marks.size(); label++) {
                int begin = marks.get(label) + skipped;
                int end = label + 1 < marks.size() ? marks.get(label + 1) : lastEnd;
                read.add(start + Math.min(begin, row.text().length() - 1));
                span(start + begin, start + end);
            }
        }

        /** The zeros that stand for what is before the text count in means, unless the LSTM has trimmed them. */
        private void addText(long start, int textStart, int length) {
            int own = length - textStart;
            texts.add(start + textStart).add(own).add(layout.text().recurs() ? own : length);
        }

        /** A row with examples is all of one segment, a slip of the reference. */
        private void addSegments(EncodedRow row, int textMark) {
            if (!layout.segments()) {
                return;
            }
            boolean examples = row.text().contains(layout.markers().example());
            for (int token = 0; token < row.text().length(); token++) {
                segments.add(examples ? WITH_EXAMPLES : token < textMark ? LABELS : TEXT);
            }
        }

        /** Adds the row that belongs to nobody: its labels read its first token and have no spans. */
        void addFiller(Filler filler, long start) {
            if (filler.isEmpty()) {
                return;
            }
            for (int state = 0; state <= filler.labels(); state++) {
                read.add(start);
            }
            labels += filler.labels();
            texts.add(start).add(filler.length()).add(filler.length());
            for (int token = 0; layout.segments() && token < filler.length(); token++) {
                segments.add(LABELS);
            }
        }

        private void span(long begin, long end) {
            for (long token = begin; token < end; token++) {
                labelTokens.add(token);
                labelNumbers.add(labels);
            }
            labels++;
        }

        JointPlaces places() {
            return new JointPlaces(
                    read.build().toArray(),
                    labelTokens.build().toArray(),
                    labelNumbers.build().toArray(),
                    texts.build().toArray(),
                    segments.build().toArray());
        }
    }
}
