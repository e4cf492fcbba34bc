package dev.taxon.core.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.taxon.core.checkpoint.Weights;
import java.util.Collection;

/** Programs that hold a checkpoint's weights. */
public final class PreparedPrograms {
    private PreparedPrograms() {}

    /**
     * Loads a program and hands it the named weights ({@code prepare}). The caller closes it, and may close the weights
     * at once; when loading fails nothing is left behind.
     */
    public static TorchProgram load(ScriptArchive archive, Weights weights, Collection<String> names, Device device) {
        TorchProgram program = TorchProgram.load(archive, device);
        try (NDManager manager = program.newManager()) {
            program.invoke("prepare", TorchProgram.named(WeightLoader.load(weights, names, manager)))
                    .close();
            return program;
        } catch (RuntimeException | Error failure) {
            program.close();
            throw failure;
        }
    }
}
