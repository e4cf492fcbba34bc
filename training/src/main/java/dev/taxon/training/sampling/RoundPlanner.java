package dev.taxon.training.sampling;

import dev.taxon.training.data.LabelledSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Plans a round: a fixed number of rows, each set giving its share, sorted by length, cut into batches, in random
 * order. A round follows from the seed and its number alone: where a set's rows of a round start is a closed form, so
 * nothing has to be remembered between rounds. Not thread-safe.
 */
final class RoundPlanner {
    private static final long OFFSETS = 2;
    private static final long ORDER = 3;
    /** Texts whose lengths fall into the same band of tokens count as equally long when batches are joined. */
    private static final int BAND = 8;

    private final SamplingSettings settings;
    private final WeightedSets weighted;
    private final List<RowSequence> sequences;
    private final List<RowLengths> lengths;
    private final double[] offsets;

    RoundPlanner(SamplingSettings settings, WeightedSets weighted, List<RowLengths> lengths) {
        this.settings = settings;
        this.weighted = weighted;
        this.lengths = lengths;
        this.sequences = weighted.sets().stream()
                .map(set -> new RowSequence(settings.seed(), number(set), set.size()))
                .toList();
        this.offsets = weighted.sets().stream()
                .mapToDouble(set ->
                        Randomness.of(settings.seed(), OFFSETS, number(set)).nextDouble())
                .toArray();
    }

    /** The batches of a round, numbered from 0; at least one. */
    List<List<PlannedRow>> plan(long round) {
        Randomness random = Randomness.of(settings.seed(), ORDER, round);
        List<Chunk> chunks = new ArrayList<>();
        for (int set = 0; set < weighted.sets().size(); set++) {
            chunks.addAll(cut(rows(set, round)));
        }
        random.shuffle(chunks);
        chunks.sort(Comparator.comparingInt(chunk -> chunk.longest() / BAND));
        List<List<PlannedRow>> batches = join(chunks);
        random.shuffle(batches);
        return batches;
    }

    private List<PlannedRow> rows(int set, long round) {
        RowLengths length = lengths.get(set);
        List<PlannedRow> rows = new ArrayList<>();
        for (long position = start(set, round); position < start(set, round + 1); position++) {
            int row = sequences.get(set).at(position);
            rows.add(new PlannedRow(set, row, length.text(row), length.labels(row)));
        }
        rows.sort(Comparator.comparingInt(PlannedRow::length));
        return rows;
    }

    /** Rows of a set drawn before a round: systematic sampling, so that shares hold to one row at any time. */
    private long start(int set, long round) {
        double perRound = weighted.shares()[set] * settings.batch().roundRows();
        return (long) Math.floor(perRound * round + offsets[set]);
    }

    private List<Chunk> cut(List<PlannedRow> rows) {
        int sets = settings.batch().setsPerBatch();
        int tokens = settings.batch().tokenBudget() / sets;
        int most = settings.batch().maxRows() / sets;
        List<Chunk> chunks = new ArrayList<>();
        Chunk open = new Chunk();
        for (PlannedRow row : rows) {
            Chunk next = Chunk.of(row);
            if (!open.fits(next, tokens, most)) {
                chunks.add(open);
                open = new Chunk();
            }
            open.add(next);
        }
        return withLast(chunks, open);
    }

    private List<List<PlannedRow>> join(List<Chunk> chunks) {
        SamplingSettings.BatchShape shape = settings.batch();
        List<Chunk> batches = new ArrayList<>();
        Chunk open = new Chunk();
        int joined = 0;
        for (Chunk chunk : chunks) {
            if (joined == shape.setsPerBatch() || !open.fits(chunk, shape.tokenBudget(), shape.maxRows())) {
                batches.add(open);
                open = new Chunk();
                joined = 0;
            }
            open.add(chunk);
            joined++;
        }
        return new ArrayList<>(withLast(batches, open).stream().map(Chunk::rows).toList());
    }

    private static List<Chunk> withLast(List<Chunk> chunks, Chunk last) {
        if (!last.rows().isEmpty()) {
            chunks.add(last);
        }
        return chunks;
    }

    private static long number(LabelledSet set) {
        return IntStream.range(0, set.name().length())
                .mapToLong(set.name()::charAt)
                .reduce(0, (sum, next) -> sum * 31 + next);
    }
}
