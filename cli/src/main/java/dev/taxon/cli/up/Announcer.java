package dev.taxon.cli.up;

import dev.taxon.cli.supervise.ServiceListener;
import dev.taxon.cli.supervise.ServiceState;
import dev.taxon.cli.supervise.ServiceState.Pausing;
import dev.taxon.cli.supervise.ServiceState.Running;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells the user what happens to the services, in few lines. */
record Announcer(PrintWriter out) implements ServiceListener {
    @Override
    public void changed(String service, ServiceState state) {
        if (state instanceof Running running && running.deathsInARow() > 0) {
            say("The " + service + " is back.");
        } else if (state instanceof Running) {
            say("The " + service + " is ready.");
        } else if (state instanceof Pausing pausing) {
            say("The " + service + " ended: " + pausing.reason() + " It is started again " + when(pausing.pause())
                    + ".");
        }
    }

    private static String when(Duration pause) {
        return pause.toSeconds() == 0 ? "at once" : "in " + pause.toSeconds() + " s";
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
