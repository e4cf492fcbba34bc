package dev.taxon.cli.bench;

/** A loaded model that scores synthetic rows. Not thread-safe. */
public interface BenchEngine extends AutoCloseable {

    /**
     * Prepares rows of synthetic ids, all of one shape: each label its mark and two tokens, then the mark of the text and
     * its tokens.
     *
     * @param labels labels a row
     * @param length tokens of text a row
     * @param batch rows
     * @return one forward pass over all of them, to be run any number of times
     * @throws CellTooLargeException when such a row does not fit the model
     */
    Runnable forward(int labels, int length, int batch);

    @Override
    void close();
}
