package dev.taxon.serving.usage;

/** An amount of use. */
record Used(long requests, long texts, long tokens) {

    Used plus(Used more) {
        return new Used(requests + more.requests, texts + more.texts, tokens + more.tokens);
    }
}
