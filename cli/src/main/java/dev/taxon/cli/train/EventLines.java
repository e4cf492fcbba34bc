package dev.taxon.cli.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.run.TrainingEvent;
import dev.taxon.training.run.TrainingEvent.CheckpointWritten;
import dev.taxon.training.run.TrainingEvent.Finished;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Started;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingEvent.Stopped;
import dev.taxon.training.run.TrainingEvent.Warned;
import dev.taxon.training.run.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A run's events for programs: a JSON object a line, of which {@code event} says the kind. */
final class EventLines implements TrainingListener {
    private final PrintWriter out;
    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    EventLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(TrainingEvent event) {
        ObjectNode line = mapper.createObjectNode().put("event", kind(event));
        if (event instanceof CheckpointWritten written) {
            line.put("step", written.step()).put("folder", plain(written.folder()));
        } else if (event instanceof Stopped stop) {
            line.put("step", stop.step()).put("steps", stop.steps()).put("checkpoint", plain(stop.checkpoint()));
        } else if (event instanceof Finished end) {
            line.put("steps", end.steps())
                    .put("rows_seen", end.rowsSeen())
                    .put("loss", end.loss())
                    .put("seconds", end.seconds())
                    .put("model", plain(end.model()));
        } else {
            line.setAll((ObjectNode) mapper.valueToTree(event));
        }
        print(line);
    }

    private static String kind(TrainingEvent event) {
        if (event instanceof Started) {
            return "started";
        }
        if (event instanceof Stepped) {
            return "step";
        }
        if (event instanceof CheckpointWritten) {
            return "checkpoint";
        }
        if (event instanceof Rewarded) {
            return "reward";
        }
        if (event instanceof Warned) {
            return "warning";
        }
        return event instanceof Stopped ? "stopped" : "finished";
    }

    private static String plain(Path path) {
        return path.toString();
    }

    private void print(ObjectNode line) {
        try {
            out.println(mapper.writeValueAsString(line));
            out.flush();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can always be written", impossible);
        }
    }
}
