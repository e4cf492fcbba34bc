package dev.taxon.cli.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.run.EventJson;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.CheckpointWritten;
import dev.taxon.training.run.TrainingEvent.Finished;
import dev.taxon.training.run.TrainingEvent.Stopped;
import dev.taxon.training.run.TrainingListener;
import java.io.PrintWriter;

/** A run's events for programs: a JSON object a line, of which {@code event} says the kind. */
final class EventLines implements TrainingListener {
    private final PrintWriter out;

    EventLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(TrainingEvent event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("event", EventJson.kind(event));
        line.setAll(EventJson.of(event));
        if (event instanceof CheckpointWritten written) {
            line.put("folder", written.folder().toString());
        } else if (event instanceof Stopped stop) {
            line.put("checkpoint", stop.checkpoint().toString());
        } else if (event instanceof Finished end) {
            line.put("model", end.model().toString());
        }
        out.println(line);
        out.flush();
    }
}
