package dev.taxon.cli.up;

import dev.taxon.cli.console.CommandFailure;
import dev.taxon.cli.console.WrongUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;

/** Where the server listens. */
record ListenAddress(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;
    private static final long POLL_MILLIS = 250;

    ListenAddress {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new WrongUse("There is no port " + port + "; --port takes 1 to " + HIGHEST_PORT);
        }
    }

    /** An address of this machine alone, for a process that nobody calls but its supervisor. */
    static ListenAddress onAnyFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ListenAddress("127.0.0.1", socket.getLocalPort());
        }
    }

    /** The address for callers on this machine; a server on every interface also answers on the loopback one. */
    String url() {
        try {
            InetAddress address = InetAddress.getByName(host);
            String name = address.isAnyLocalAddress() ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
            return "http://" + name + ":" + port;
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(
                    "There is no host " + host + " on this machine; --host takes one of its addresses.");
        }
    }

    /**
     * Fails with a sentence when something else listens here.
     *
     * @param patience how long to wait for it to go away
     */
    void requireFree(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        IOException failure = tryBind();
        while (failure != null && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
            failure = tryBind();
        }
        if (failure != null) {
            throw new CommandFailure("Port " + port + " of " + host + " cannot be used (" + failure.getMessage()
                    + "). Stop what uses it, or choose another with --port.");
        }
    }

    private @org.jspecify.annotations.Nullable IOException tryBind() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return null;
        } catch (IOException inUse) {
            return inUse;
        }
    }
}
