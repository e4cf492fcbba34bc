package dev.taxon.training.lora;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterSettings;
import dev.taxon.core.adapter.AdapterWriter;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.CheckpointDigest;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.run.OutFolder;
import dev.taxon.training.run.StopSignal;
import dev.taxon.training.run.TrainingException;
import dev.taxon.training.run.TrainingListener;
import dev.taxon.training.step.AdapterShape;
import dev.taxon.training.step.AdapterTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** LoRA from examples to the adapter's folder. */
public final class LoraTraining {
    private final LoraJob job;
    private final Checkpoint checkpoint;
    private final Precision precision;
    private final TrainingListener listener;
    private final StopSignal stop;

    public LoraTraining(
            LoraJob job, Checkpoint checkpoint, Precision precision, TrainingListener listener, StopSignal stop) {
        this.job = job;
        this.checkpoint = checkpoint;
        this.precision = precision;
        this.listener = listener;
        this.stop = stop;
    }

    public boolean run(Path out, boolean resume) {
        try (OutFolder folder = OutFolder.open(out);
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
                AdapterTrainer trainer = AdapterTrainer.load(checkpoint, shape(), precision)) {
            RowEncoder encoder = new RowEncoder(
                    PromptEncoder.of(checkpoint.config(), tokenizer), job.task().mode(), job.maxLength());
            Optional<LoraPhases.Learned> learned =
                    new LoraPhases(job, trainer, encoder, out.resolve("run"), listener, stop).run();
            learned.ifPresent(found -> write(found, out));
            return learned.isPresent();
        }
    }

    private void write(LoraPhases.Learned learned, Path out) {
        AdapterSettings settings = new AdapterSettings(
                job.task().candidates(), Optional.of(job.task().mode()), 1, OptionalDouble.empty(), Map.of());
        try {
            AdapterWriter.write(
                    new Adapter("", settings, learned.updates(), Optional.of(CheckpointDigest.of(checkpoint))), out);
        } catch (IOException e) {
            throw new TrainingException("", e);
        }
    }

    private AdapterShape shape() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        LoraSettings.Size size = job.settings().size();
        job.start()
                .ifPresentOrElse(
                        adapter -> adapter.updates().forEach((layer, update) -> ranks.put(layer, update.rank())),
                        () -> AdapterTarget.layers(checkpoint.config(), size.targets())
                                .forEach(layer -> ranks.put(layer, size.rank())));
        return new AdapterShape(ranks, job.start().isPresent() ? 1 : size.alpha() / size.rank());
    }
}
