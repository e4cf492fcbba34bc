import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.MarkPositions;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.step.AdapterBatch;
import dev.taxon.training.step.AdapterShape;
import dev.taxon.training.step.AdapterStepSettings;
import dev.taxon.training.step.AdapterTrainer;
import dev.taxon.training.step.LateMixingTrainer;
import dev.taxon.training.step.StepSettings;
import dev.taxon.training.step.TrainingBatch;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains on the batches of {@code training.py}, which runs PyTorch beside it: {@code java TrainingSpeed.java full|lora|joint
 * CHECKPOINT BATCHES.json}. A step for each line of input, which is a batch's number, answered by its seconds, its seconds of CPU
 * time and its loss.
 */
final class TrainingSpeed {
    private static final int RANK = 16;

    public static void main(String[] arguments) throws Exception {
        List<JsonNode> batches = new ArrayList<>();
        new ObjectMapper().readTree(Path.of(arguments[2]).toFile()).forEach(batches::add);
        try (Checkpoint checkpoint = Checkpoints.open(Path.of(arguments[1]))) {
            if (arguments[0].equals("full")) {
                full(checkpoint, batches);
            } else {
                lora(checkpoint, batches, arguments[0].equals("joint"));
            }
        }
    }

    private static void full(Checkpoint checkpoint, List<JsonNode> batches) throws Exception {
        List<TrainingBatch> own = batches.stream().map(TrainingSpeed::trainingBatch).toList();
        try (LateMixingTrainer trainer = LateMixingTrainer.load(checkpoint, Precision.BF16, 1)) {
            answer((step, batch) -> trainer.step(
                            own.get(batch), new StepSettings(step, 2e-5, 2e-5, 0.01, 1, -1, 0, 1))
                    .loss());
        }
    }

    private static void lora(Checkpoint checkpoint, List<JsonNode> batches, boolean joint) throws Exception {
        List<AdapterBatch> own =
                batches.stream().map(batch -> adapterBatch(batch, joint)).toList();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        WeightShapes.linearLayers(checkpoint.config()).keySet().forEach(layer -> ranks.put(layer, RANK));
        try (AdapterTrainer trainer = AdapterTrainer.load(checkpoint, new AdapterShape(ranks, 2), Precision.BF16)) {
            trainer.begin(1);
            answer((step, batch) -> trainer.step(
                            own.get(batch), new AdapterStepSettings(step, 1e-4, 1e-4, 0.01, 1, -1, 0, 0.1, 1))
                    .loss());
        }
    }

    /** A step of a number, counted from 1, on a batch: its loss. */
    private interface Step {
        double take(int step, int batch);
    }

    private static void answer(Step step) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            long start = System.nanoTime();
            long used = system.getProcessCpuTime();
            double loss = step.take(number, Integer.parseInt(line));
            long spent = system.getProcessCpuTime() - used;
            System.out.println((System.nanoTime() - start) / 1e9 + " " + spent / 1e9 + " " + loss);
        }
    }

    private static TrainingBatch trainingBatch(JsonNode batch) {
        List<TokenIds> labels = sequences(batch.get("labels"));
        int[] all = IntStream.range(0, labels.size()).toArray();
        List<TrainingBatch.Row> rows = new ArrayList<>();
        for (TokenIds text : sequences(batch.get("rows"))) {
            rows.add(new TrainingBatch.Row(text, all, targets(batch, rows.size(), all.length), true));
        }
        return new TrainingBatch(rows, labels);
    }

    private static AdapterBatch adapterBatch(JsonNode batch, boolean joint) {
        List<AdapterBatch.Row> rows = new ArrayList<>();
        for (TokenIds text : sequences(batch.get("rows"))) {
            EncodedRow row = joint ? joint(batch, text) : EncodedRow.apart(text, sequences(batch.get("labels")));
            rows.add(new AdapterBatch.Row(row, targets(batch, rows.size(), row.labelCount()), true));
        }
        return new AdapterBatch(rows);
    }

    private static EncodedRow joint(JsonNode batch, TokenIds sequence) {
        List<Integer> marks = new ArrayList<>();
        batch.get("marks").forEach(mark -> marks.add(mark.asInt()));
        return EncodedRow.joint(sequence, new MarkPositions(marks, batch.get("separator").asInt()));
    }

    private static float[] targets(JsonNode batch, int row, int labels) {
        float[] targets = new float[labels];
        targets[batch.get("true").get(row).asInt()] = 1;
        return targets;
    }

    private static List<TokenIds> sequences(JsonNode node) {
        List<TokenIds> sequences = new ArrayList<>();
        node.forEach(sequence -> sequences.add(new TokenIds(
                IntStream.range(0, sequence.size()).map(place -> sequence.get(place).asInt()).toArray())));
        return sequences;
    }
}
