package dev.taxon.core;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.torch.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Scores texts against labels with one checkpoint: prompt, tokenise, plan batches, encode, score, decode.
 *
 * <p>Thread-safe. {@link #encode} runs on the caller's thread; {@link #score} hands its batch to the
 * threads that own the device and waits. Closing waits for what is being scored and frees all native memory; calls after
 * that fail.
 */
public interface Classifier extends AutoCloseable {

    /** Name of the model as answers carry it, such as {@code taxon-small}. */
    String name();

    /** The element type that the encoder runs in, as asked for or as measured. */
    Precision precision();

    /** SHA-256 of the checkpoint's content, which adapters name as their base; empty where there is no checkpoint. */
    default Optional<String> digest() {
        return Optional.empty();
    }

    /** How many inputs of a batch {@link #score} computes side by side, so that as many take hardly longer than one. */
    default int lanes() {
        return 1;
    }

    /** Of the adapters on the device, by digest. */
    default CacheStatistics adapterStatistics() {
        return CacheStatistics.NONE;
    }

    /** Of the label states that are kept, by base, adapter and label. */
    default CacheStatistics labelStatistics() {
        return CacheStatistics.NONE;
    }

    /**
     * Reads an adapter's folder as PEFT writes it, checked against this model; inputs may refer to it then.
     *
     * @throws dev.taxon.core.checkpoint.CheckpointException naming what is damaged, not supported or of another base
     */
    Adapter readAdapter(Path folder);

    /** Tokenises an input, and reads its adapter onto the device if it is not there. Throws {@link InputException} for one that cannot be classified. */
    EncodedInput encode(ClassificationInput input);

    /**
     * Scores one batch, without padding, in one forward pass or in parts that run side by side. What shares a batch never
     * changes a row's scores beyond rounding (1e-5 in fp32); each row may have another adapter, or none.
     *
     * @return a classification for each input, in the order given
     */
    List<Classification> score(List<EncodedInput> batch);

    /** Encodes, plans batches by token budget, scores them and answers in the order given. */
    List<Classification> classify(List<ClassificationInput> inputs);

    /**
     * As above, for who may have to stop in the middle.
     *
     * @param pause run on this thread between pieces, of which none takes a CPU long (a second, where few cores are busy);
     *     whatever it throws ends the work and reaches the caller
     */
    default List<Classification> classify(List<ClassificationInput> inputs, Runnable pause) {
        pause.run();
        return classify(inputs);
    }

    @Override
    void close();
}
