package dev.taxon.core.model;

import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.torch.Filler;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where the labels of joint sequences stand: each from its class token, or the token after it, to the next class token;
 * the last label's span runs to the end of the row, as in the reference.
 *
 * @param read [B + M] of each row its first token and the first of each of its labels, by place in the packing
 * @param tokens [S] places of the tokens of all labels
 * @param numbers [S] whose they are, counted over all rows
 */
record LabelSpans(long[] read, long[] tokens, long[] numbers) {

    /** Collects the spans of rows in the order of the packing. Not thread-safe. */
    static final class Collector {
        private final int skipped;
        private final LongStream.Builder read = LongStream.builder();
        private final LongStream.Builder tokens = LongStream.builder();
        private final LongStream.Builder numbers = LongStream.builder();
        private int labels;

        /**
         * A collector.
         *
         * @param embedClassToken whether a span begins with its class token
         */
        Collector(boolean embedClassToken) {
            this.skipped = embedClassToken ? 0 : 1;
        }

        /** Adds a row whose first token stands at a place of the packing. */
        void add(EncodedInput row, long start) {
            int length = row.text().length();
            List<Integer> marks = row.marks().labels();
            read.add(start);
            for (int label = 0; label < marks.size(); label++) {
                int begin = marks.get(label) + skipped;
                int end = label + 1 < marks.size() ? marks.get(label + 1) : length;
                read.add(start + Math.min(begin, length - 1));
                span(start + begin, start + end);
            }
        }

        /** Adds the row that belongs to nobody: its labels read its first token and have no spans. */
        void addFiller(Filler filler, long start) {
            if (filler.length() > 0) {
                for (int state = 0; state <= filler.labels(); state++) {
                    read.add(start);
                }
                labels += filler.labels();
            }
        }

        private void span(long begin, long end) {
            for (long token = begin; token < end; token++) {
                tokens.add(token);
                numbers.add(labels);
            }
            labels++;
        }

        LabelSpans spans() {
            return new LabelSpans(
                    read.build().toArray(),
                    tokens.build().toArray(),
                    numbers.build().toArray());
        }
    }
}
