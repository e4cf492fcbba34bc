package dev.taxon.serving.log;

/** What every line of the log says of the call that it belongs to. */
public final class LogFields {
    /** By which a call is found again in answers and logs. */
    public static final String REQUEST_ID = "request_id";

    /** The id of the tenant whose call it is. */
    public static final String TENANT = "tenant";

    private LogFields() {}
}
