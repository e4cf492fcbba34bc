package dev.taxon.training.step;

import java.nio.file.Path;

/**
 * A model whose weights learn. Holds weights, gradients and optimiser state in native memory. Not thread-safe: one
 * thread owns it, as one training job owns its process.
 */
public interface TrainableModel extends StatefulModel, AutoCloseable {

    /**
     * Forward, loss, backward, clipping and AdamW in one native call. The same state, batch and settings give the same
     * bits on the same machine and thread count. Weights are unchanged when loss or gradient norm is not finite.
     */
    StepResult step(TrainingBatch batch, StepSettings settings);

    /**
     * Writes a checkpoint folder that classifies: config.json, model.safetensors (fp16), tokenizer.json as needed.
     *
     * @param name what the model calls itself in answers
     * @param trainedShare share of the weights as trained, in (0, 1]; the rest is what training started from
     */
    void export(Path folder, String name, double trainedShare);

    @Override
    void close();
}
