package dev.taxon.serving.config;

import io.smallrye.config.WithDefault;

/** How large a request may be. */
public interface LimitSettings {

    /** Bytes of a request's body. */
    @WithDefault("10485760")
    int bodyBytes();

    /** Characters (Unicode code points) of one text. */
    @WithDefault("1000000")
    int textCharacters();

    /** Texts of one request. */
    @WithDefault("1000")
    int texts();

    /** Labels of one input. */
    @WithDefault("1000")
    int labels();
}
