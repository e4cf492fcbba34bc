import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.step.LateMixingTrainer;
import dev.taxon.training.step.StepResult;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainingBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Taxon's own trainer makes of a batch in fp32, for {@code check_objective.py}: {@code MODEL BATCH.json}, where the
 * batch has rows of ids, labels, targets and single, and labels of ids. Writes the loss and how many rows are right.
 */
final class LossOfBatch {
    private static final StepSettings SETTINGS = new StepSettings(1, 1e-4, 1e-3, 0.01, 1, -1, 1, 1);

    public static void main(String[] arguments) throws Exception {
        JsonNode json = new ObjectMapper().readTree(Path.of(arguments[1]).toFile());
        List<TrainingBatch.Row> rows = new ArrayList<>();
        for (JsonNode row : json.get("rows")) {
            float[] targets = new float[row.get("targets").size()];
            for (int label = 0; label < targets.length; label++) {
                targets[label] = row.get("targets").get(label).floatValue();
            }
            rows.add(new TrainingBatch.Row(
                    sequence(row.get("ids")), numbers(row.get("labels")), targets, row.get("single").asBoolean()));
        }
        List<TokenIds> labels = new ArrayList<>();
        json.get("labels").forEach(label -> labels.add(sequence(label)));
        try (Checkpoint checkpoint = Checkpoints.open(Path.of(arguments[0]));
                LateMixingTrainer trainer = LateMixingTrainer.load(checkpoint, Precision.FP32, 1)) {
            StepResult result = trainer.step(new TrainingBatch(rows, labels), SETTINGS);
            System.out.println(result.loss() + " " + result.correct());
        }
    }

    private static TokenIds sequence(JsonNode ids) {
        return new TokenIds(numbers(ids));
    }

    private static int[] numbers(JsonNode values) {
        int[] numbers = new int[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i).asInt();
        }
        return numbers;
    }
}
