package dev.taxon.cli.evaluate;

/** What is measured side by side, in the order of the columns. */
enum Contender {
    MOST_FREQUENT("most frequent"),
    COSINE_BARE("cosine, bare label"),
    COSINE_TEMPLATE("cosine, template"),
    MODEL("model");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
