package dev.taxon.training.calibration;

import dev.taxon.core.Mode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Scored rows on disk instead of in memory: of each row eight bytes stay, and the names of labels once. The file has numbers
 * only, no text and no label, and goes when this is closed. Rows are added first and read afterwards; used by one thread.
 */
public final class ScoreFile implements AutoCloseable {
    /** Lists of labels that are kept in memory; of others, each row has its own in the file. */
    private static final int MOST_LISTS = 1_000;

    private static final int OWN_LIST = -1;

    /** Bytes that are mapped into memory at a time. */
    private static final long PIECE = 1L << 30;

    private final Path file;
    private final DataOutputStream out;
    private final List<List<String>> lists = new ArrayList<>();
    private final Map<List<String>, Integer> placeOfList = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> placeOfName = new HashMap<>();
    private long[] starts = new long[1024];
    private int rows;
    private long size;

    private ScoreFile(Path file, DataOutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** An empty file of its own in a folder. */
    public static ScoreFile in(Path folder) {
        try {
            Path file = Files.createTempFile(folder, "scores-", ".bin");
            return new ScoreFile(file, new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file))));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** Adds a row after the others. */
    public void add(ScoredRow row) {
        if (rows == starts.length) {
            starts = Arrays.copyOf(starts, 2 * rows);
        }
        starts[rows++] = size;
        try {
            write(row);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(ScoredRow row) throws IOException {
        int list = placeOfList(row.labels());
        out.writeInt(list);
        out.writeInt(row.size());
        size += 2L * Integer.BYTES + (long) row.size() * (Float.BYTES + 1);
        for (int label = 0; label < row.size(); label++) {
            out.writeFloat((float) row.logit(label));
            out.writeByte(row.target(label) ? 1 : 0);
        }
        if (list == OWN_LIST) {
            size += (long) row.size() * Integer.BYTES;
            for (String label : row.labels()) {
                out.writeInt(placeOfName(label));
            }
        }
    }

    private int placeOfList(List<String> labels) {
        Integer known = placeOfList.get(labels);
        if (known != null) {
            return known;
        }
        if (lists.size() == MOST_LISTS) {
            return OWN_LIST;
        }
        placeOfList.put(labels, lists.size());
        lists.add(labels);
        return lists.size() - 1;
    }

    private int placeOfName(String label) {
        Integer known = placeOfName.get(label);
        if (known != null) {
            return known;
        }
        placeOfName.put(label, names.size());
        names.add(label);
        return names.size() - 1;
    }

    /** All rows, in the order in which they were added; they can be read until this is closed, and no more be added. */
    public ScoredRows scored(Mode mode) {
        try {
            out.close();
            return ScoredRows.kept(mode, new Kept(pieces()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Parts of the file that begin and end with a row. */
    private record Piece(int firstRow, long start, ByteBuffer bytes) {}

    private List<Piece> pieces() throws IOException {
        List<Piece> pieces = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            int first = 0;
            while (first < rows) {
                int end = first + 1;
                while (end < rows && end(end) - starts[first] <= PIECE) {
                    end++;
                }
                long length = end(end - 1) - starts[first];
                ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, starts[first], length);
                pieces.add(new Piece(first, starts[first], bytes));
                first = end;
            }
        }
        return pieces;
    }

    private long end(int row) {
        return row + 1 < rows ? starts[row + 1] : size;
    }

    /** The rows as a list that reads each when it is asked for. */
    private final class Kept extends AbstractList<ScoredRow> implements RandomAccess {
        private final List<Piece> pieces;

        private Kept(List<Piece> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int size() {
            return rows;
        }

        @Override
        public ScoredRow get(int row) {
            Piece piece = piece(row);
            ByteBuffer bytes = piece.bytes().duplicate().position((int) (starts[row] - piece.start()));
            int list = bytes.getInt();
            float[] logits = new float[bytes.getInt()];
            boolean[] targets = new boolean[logits.length];
            for (int label = 0; label < logits.length; label++) {
                logits[label] = bytes.getFloat();
                targets[label] = bytes.get() == 1;
            }
            return new ScoredRow(list == OWN_LIST ? ownList(bytes, logits.length) : lists.get(list), logits, targets);
        }

        private Piece piece(int row) {
            int place = pieces.size() - 1;
            while (pieces.get(place).firstRow() > row) {
                place--;
            }
            return pieces.get(place);
        }

        private List<String> ownList(ByteBuffer bytes, int labels) {
            String[] own = new String[labels];
            for (int label = 0; label < labels; label++) {
                own[label] = names.get(bytes.getInt());
            }
            return List.of(own);
        }
    }

    @Override
    public void close() {
        try {
            // What was not written yet, on a full disk, must not keep the rest there.
            try {
                out.close();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("Scores could not be kept on disk; make room where temporary files are.", e);
    }
}
