package dev.taxon.cli.supervise;

/** Hears of every change of state, on the service's own thread. */
public interface ServiceListener {
    void changed(String service, ServiceState state);
}
