package dev.taxon.core.model;

import dev.taxon.core.prompt.TokenIds;
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
        private final int classToken;
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
        Collector(int classToken, boolean embedClassToken) {
            this.classToken = classToken;
            this.skipped = embedClassToken ? 0 : 1;
        }

        /** Adds a row whose first token stands at a place of the packing. */
        void add(TokenIds sequence, long start) {
            read.add(start);
            boolean within = false;
            for (int position = 0; position < sequence.length(); position++) {
                boolean mark = sequence.at(position) == classToken;
                if (mark) {
                    read.add(start + Math.min(position + skipped, sequence.length() - 1));
                    labels++;
                    within = true;
                }
                if (within && !(mark && skipped > 0)) {
                    tokens.add(start + position);
                    numbers.add(labels - 1L);
                }
            }
        }

        LabelSpans spans() {
            return new LabelSpans(
                    read.build().toArray(),
                    tokens.build().toArray(),
                    numbers.build().toArray());
        }
    }
}
