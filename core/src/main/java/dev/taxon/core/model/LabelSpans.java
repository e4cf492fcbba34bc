package dev.taxon.core.model;

import dev.taxon.core.prompt.TokenIds;
import java.util.List;

/**
 * Where each label's tokens stand in a joint sequence: from its class token, or the token after it, to the next class
 * token; the last label's span runs to the end of the row, as in the reference.
 *
 * @param starts [rows * width] first position of each label's span; 0 beyond a row's own labels
 * @param ends [rows * width] the position after each span
 */
record LabelSpans(LabelGrid grid, long[] starts, long[] ends) {

    static LabelSpans of(List<TokenIds> sequences, int[] labelCounts, int classToken, boolean embedClassToken) {
        LabelGrid grid = new LabelGrid(labelCounts);
        long[] starts = new long[grid.rows() * grid.width()];
        long[] ends = new long[starts.length];
        for (int row = 0; row < sequences.size(); row++) {
            fill(sequences.get(row), grid, row, classToken, embedClassToken ? 0 : 1, starts, ends);
        }
        return new LabelSpans(grid, starts, ends);
    }

    private static void fill(
            TokenIds sequence, LabelGrid grid, int row, int classToken, int skipped, long[] starts, long[] ends) {
        int label = 0;
        for (int position = 0; position < sequence.length(); position++) {
            if (sequence.at(position) == classToken) {
                if (label > 0) {
                    ends[grid.cell(row, label - 1)] = position;
                }
                starts[grid.cell(row, label)] = position + skipped;
                label++;
            }
        }
        if (label > 0) {
            ends[grid.cell(row, label - 1)] = sequence.length();
        }
    }
}
