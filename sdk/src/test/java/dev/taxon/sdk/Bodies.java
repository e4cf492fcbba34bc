package dev.taxon.sdk;

/** What a server answers with. */
final class Bodies {

    private Bodies() {}

    /** The job j1. */
    static String job(String state) {
        return "{\"id\":\"j1\",\"kind\":\"lora\",\"state\":\"" + state + "\",\"attempts\":1}";
    }

    /** The same after it made a version of an adapter. */
    static String trained(int version) {
        return "{\"id\":\"j1\",\"attempts\":1,\"state\":\"succeeded\",\"result\":{\"version\":" + version + "}}";
    }

    static String adapterVersion(int version) {
        return "{\"adapter\":\"support\",\"version\":" + version + ",\"digest\":\"d\",\"base\":{\"name\":\"b\","
                + "\"verified\":true},\"labels\":[],\"bytes\":1,\"rank\":8,\"metrics\":{\"accuracy\":0.9},"
                + "\"erased_rows\":0}";
    }

    static String deployment(int active) {
        return "{\"adapter\":\"support\",\"active\":" + active + ",\"generation\":7}";
    }

    /** Version 2 of the data set mails. */
    static String datasetVersion(String state) {
        return "{\"dataset\":\"mails\",\"version\":2,\"state\":\"" + state + "\",\"bytes\":1}";
    }

    /** The same, refused. */
    static String refused() {
        return "{\"dataset\":\"mails\",\"version\":2,\"state\":\"refused\",\"bytes\":1,\"problem\":"
                + "{\"code\":\"invalid_request\",\"status\":400,\"retryable\":false,\"detail\":\"One class.\"}}";
    }
}
