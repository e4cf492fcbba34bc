package dev.taxon.serving.http;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The end of a call: its answer was sent, or its caller hung up. */
public final class CallEnd {
    private CallEnd() {}

    /**
     * Runs an action once the call has ended, once; at once where the caller has hung up already, of which nobody tells who
     * asks to be told only then.
     *
     * @param action told whether the answer was sent
     */
    public static void then(RoutingContext call, Consumer<Boolean> action) {
        AtomicBoolean done = new AtomicBoolean();
        Consumer<Boolean> once = sent -> {
            if (!done.getAndSet(true)) {
                action.accept(sent);
            }
        };
        call.addEndHandler(ended -> once.accept(ended.succeeded()));
        if (call.response().closed()) {
            once.accept(false);
        }
    }
}
