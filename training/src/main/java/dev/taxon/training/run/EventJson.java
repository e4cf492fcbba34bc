package dev.taxon.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.run.TrainingEvent.CheckpointWritten;
import dev.taxon.training.run.TrainingEvent.Finished;
import dev.taxon.training.run.TrainingEvent.Rewarded;
import dev.taxon.training.run.TrainingEvent.Started;
import dev.taxon.training.run.TrainingEvent.Stepped;
import dev.taxon.training.run.TrainingEvent.Stopped;
import dev.taxon.training.run.TrainingEvent.Warned;

/** A run's events for programs: a word for its kind, and its figures in snake case. Paths stay out. */
public final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private EventJson() {}

    /** The event's kind in a word. */
    public static String kind(TrainingEvent event) {
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

    /** What the event says. */
    public static ObjectNode of(TrainingEvent event) {
        if (event instanceof CheckpointWritten written) {
            return JSON.createObjectNode().put("step", written.step());
        }
        if (event instanceof Stopped stop) {
            return JSON.createObjectNode().put("step", stop.step()).put("steps", stop.steps());
        }
        if (event instanceof Finished end) {
            return JSON.createObjectNode()
                    .put("steps", end.steps())
                    .put("rows_seen", end.rowsSeen())
                    .put("loss", end.loss())
                    .put("seconds", end.seconds());
        }
        return JSON.valueToTree(event);
    }
}
