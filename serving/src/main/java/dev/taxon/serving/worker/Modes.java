package dev.taxon.serving.worker;

import dev.taxon.core.Mode;

/** The engine's modes by those of the wire. */
final class Modes {
    private Modes() {}

    static Mode ofWire(dev.taxon.sdk.wire.Mode mode) {
        return switch (mode) {
            case SINGLE_LABEL -> Mode.SINGLE_LABEL;
            case MULTI_LABEL -> Mode.MULTI_LABEL;
        };
    }
}
