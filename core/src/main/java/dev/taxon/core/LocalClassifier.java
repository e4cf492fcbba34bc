package dev.taxon.core;

import ai.djl.Device;
import dev.taxon.core.batch.BatchPlanner;
import dev.taxon.core.batch.EvenParts;
import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.model.ScoringModel;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.DeviceLanes;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PrecisionProbe;
import dev.taxon.core.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A classifier in this process. */
final class LocalClassifier implements Classifier {
    private final String name;
    private final Precision precision;
    private final Tokenizer tokenizer;
    private final PromptEncoder prompts;
    private final BatchPlanner planner;
    private final DeviceLanes device;
    private final ScoringModel model;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalClassifier(
            String name,
            Precision precision,
            Tokenizer tokenizer,
            PromptEncoder prompts,
            BatchPlanner planner,
            DeviceLanes device,
            ScoringModel model) {
        this.name = name;
        this.precision = precision;
        this.tokenizer = tokenizer;
        this.prompts = prompts;
        this.planner = planner;
        this.device = device;
        this.model = model;
    }

    static LocalClassifier load(Checkpoint checkpoint, EngineOptions options) {
        Torch.initialize();
        Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
        DeviceLanes device = new DeviceLanes();
        try {
            // Before the weights, as it refuses a tokenizer that is another model's.
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            Precision precision =
                    options.precision().orElseGet(() -> device.call(() -> PrecisionProbe.fastest(Device.cpu())));
            ScoringModel model = device.call(() -> ScoringModels.load(checkpoint, precision, Device.cpu()));
            BatchPlanner planner = new TokenBudgetPlanner(options.tokenBudget(), options.rowLimit());
            return new LocalClassifier(
                    checkpoint.config().name(), precision, tokenizer, prompts, planner, device, model);
        } catch (RuntimeException e) {
            device.close();
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public EncodedInput encode(ClassificationInput input) {
        return prompts.encode(input);
    }

    @Override
    public List<Classification> score(List<EncodedInput> batch) {
        if (!model.holds(batch)) {
            device.call(() -> {
                model.prepare(batch);
                return true;
            });
        }
        return Decoder.decode(batch, logits(batch));
    }

    private List<float[]> logits(List<EncodedInput> batch) {
        List<int[]> parts = EvenParts.of(positions(batch), device.count());
        List<Supplier<List<float[]>>> passes = parts.stream()
                .map(part -> Arrays.stream(part).mapToObj(batch::get).toList())
                .map(rows -> (Supplier<List<float[]>>) () -> model.logits(rows))
                .toList();
        List<List<float[]>> scored = device.callAll(passes);
        float[][] logits = new float[batch.size()][];
        for (int part = 0; part < parts.size(); part++) {
            for (int i = 0; i < parts.get(part).length; i++) {
                logits[parts.get(part)[i]] = scored.get(part).get(i);
            }
        }
        return List.of(logits);
    }

    @Override
    public List<Classification> classify(List<ClassificationInput> inputs) {
        List<EncodedInput> rows = inputs.stream().map(this::encode).toList();
        Classification[] answers = new Classification[rows.size()];
        for (int[] batch : planner.plan(positions(rows))) {
            List<Classification> scored =
                    score(Arrays.stream(batch).mapToObj(rows::get).toList());
            for (int i = 0; i < batch.length; i++) {
                answers[batch[i]] = scored.get(i);
            }
        }
        return List.of(answers);
    }

    private static int[] positions(List<EncodedInput> rows) {
        return rows.stream().mapToInt(EncodedInput::positions).toArray();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        device.close();
        model.close();
        tokenizer.close();
    }
}
