package dev.taxon.core;

import ai.djl.Device;
import dev.taxon.core.batch.BatchPlanner;
import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.model.ScoringModel;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.DeviceThread;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.PrecisionProbe;
import dev.taxon.core.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A classifier in this process. */
final class LocalClassifier implements Classifier {
    private final String name;
    private final Precision precision;
    private final Tokenizer tokenizer;
    private final PromptEncoder prompts;
    private final BatchPlanner planner;
    private final DeviceThread device;
    private final ScoringModel model;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalClassifier(
            String name,
            Precision precision,
            Tokenizer tokenizer,
            PromptEncoder prompts,
            BatchPlanner planner,
            DeviceThread device,
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
        DeviceThread device = new DeviceThread();
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
        List<float[]> logits = device.call(() -> model.logits(batch));
        return Decoder.decode(batch, logits);
    }

    @Override
    public List<Classification> classify(List<ClassificationInput> inputs) {
        List<EncodedInput> rows = inputs.stream().map(this::encode).toList();
        Classification[] answers = new Classification[rows.size()];
        for (int[] batch :
                planner.plan(rows.stream().mapToInt(EncodedInput::positions).toArray())) {
            List<Classification> scored =
                    score(Arrays.stream(batch).mapToObj(rows::get).toList());
            for (int i = 0; i < batch.length; i++) {
                answers[batch[i]] = scored.get(i);
            }
        }
        return List.of(answers);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        device.call(() -> {
            model.close();
            return true;
        });
        device.close();
        tokenizer.close();
    }
}
