/** The wire contract of Taxon as records, and the thin Java client over it. */
module dev.taxon.sdk {
    requires transitive com.fasterxml.jackson.databind;
    requires java.net.http;
    requires static org.jspecify;

    exports dev.taxon.sdk;
    exports dev.taxon.sdk.wire;

    opens dev.taxon.sdk.wire to
            com.fasterxml.jackson.databind;
}
