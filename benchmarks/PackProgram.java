import ai.djl.Device;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.Torch;
import dev.taxon.core.torch.WeightForms;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the program that runs a checkpoint, for {@code torch.jit.load}: {@code java -cp "cli/target/taxon-cli.jar:$(cat
 * cli/target/classpath)" benchmarks/PackProgram.java CHECKPOINT FP32 program.pt}.
 */
final class PackProgram {
    public static void main(String[] arguments) throws Exception {
        Torch.initialize();
        try (Checkpoint checkpoint = Checkpoints.open(Path.of(arguments[0]))) {
            byte[] program = ScoringModels.program(
                            checkpoint.config(), WeightForms.on(Device.cpu(), Precision.valueOf(arguments[1])))
                    .pack();
            Files.write(Path.of(arguments[2]), program);
        }
    }
}
