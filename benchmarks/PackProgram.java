import ai.djl.Device;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.Torch;
import dev.taxon.core.torch.WeightForms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the programs that run checkpoints on {@code cpu} or {@code gpu}, for {@code torch.jit.load}, one NAME.pt each:
 * {@code java -cp "cli/target/taxon-cli.jar:$(cat cli/target/classpath)" benchmarks/PackProgram.java gpu FP16 FOLDER
 * CHECKPOINT...}. For a GPU none is needed here.
 */
final class PackProgram {
    public static void main(String[] arguments) throws Exception {
        Torch.initialize();
        WeightForms forms = WeightForms.on(Device.fromName(arguments[0]), Precision.valueOf(arguments[1]));
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        List<Path> checkpoints =
                Arrays.stream(arguments).skip(3).map(Path::of).toList();
        for (Path path : checkpoints) {
            try (Checkpoint checkpoint = Checkpoints.open(path)) {
                byte[] program = ScoringModels.program(checkpoint.config(), forms).pack();
                Files.write(folder.resolve(path.getFileName() + ".pt"), program);
            }
        }
    }
}
