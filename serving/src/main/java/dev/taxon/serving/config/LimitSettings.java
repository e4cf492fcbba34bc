package dev.taxon.serving.config;

import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** How large a request may be. */
public interface LimitSettings {

    /** Bytes of a request's body. */
    @WithDefault("10485760")
    int bodyBytes();

    /** Bytes of an adapter that is imported, packed and unpacked. */
    @WithDefault("268435456")
    long adapterBytes();

    /** Bytes of an uploaded file of labelled rows, and of the texts that are unpacked from it. */
    @WithDefault("1073741824")
    long datasetBytes();

    /** Rows of such a file. */
    @WithDefault("10000000")
    long datasetRows();

    /** Characters (Unicode code points) of one text. */
    @WithDefault("1000000")
    int textCharacters();

    /** Texts of one request. */
    @WithDefault("1000")
    int texts();

    /** Labels of one input. */
    @WithDefault("1000")
    int labels();

    /**
     * Scores (texts times labels) of all requests that this node answers at one time, hence of one request too; as many
     * as fit into half of the heap when absent.
     */
    OptionalInt scores();
}
