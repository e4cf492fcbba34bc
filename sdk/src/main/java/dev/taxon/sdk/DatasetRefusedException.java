package dev.taxon.sdk;

import dev.taxon.sdk.wire.DatasetVersion;

/**
 * A dataset version that was waited for was refused: its rows cannot be used. Its code, place and message are those of the
 * version's problem; it has no status, as the call that told of it went well.
 *
 * <pre>{@code
 * try {
 *     client.adapters().train("support", examples);
 * } catch (DatasetRefusedException refused) {
 *     client.datasets().versions(refused.dataset()).report(refused.version()).findings().forEach(System.err::println);
 * }
 * }</pre>
 */
public final class DatasetRefusedException extends TaxonException {

    private static final long serialVersionUID = 1L;

    private final String dataset;
    private final int version;

    private DatasetRefusedException(Failure failure, String dataset, int version) {
        super(failure, null);
        this.dataset = dataset;
        this.version = version;
    }

    /** @param version refused */
    static DatasetRefusedException of(DatasetVersion version) {
        String what = "version " + version.version() + " of the dataset " + version.dataset() + " was refused";
        return new DatasetRefusedException(
                Failures.ofEnded(what, version.problem()), version.dataset(), version.version());
    }

    /**
     * The dataset's name.
     *
     * <pre>{@code client.datasets().versions(refused.dataset()).delete(refused.version())}</pre>
     */
    public String dataset() {
        return dataset;
    }

    /**
     * The number of the version that was refused.
     *
     * <pre>{@code client.datasets().versions(refused.dataset()).report(refused.version()).findings()}</pre>
     */
    public int version() {
        return version;
    }
}
