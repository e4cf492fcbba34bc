package dev.taxon.cli.up;

/** A first classification to paste into a shell. */
record CurlExample(String url, String key) {
    /** One line; the shell sees nothing to expand in it. */
    String line() {
        return "curl -s " + url + "/v1/classify -H 'Authorization: Bearer " + key
                + "' -H 'Content-Type: application/json' -d '{\"texts\": [\"The striker scored twice in the final\"],"
                + " \"labels\": [\"sports\", \"politics\", \"cooking\"]}'";
    }
}
