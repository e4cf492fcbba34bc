import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.torch.Precision;
import dev.taxon.training.baseline.EncoderEmbedder;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the frozen base encoder's unit vectors of each row's text, fp32, for few_shot.py: {@code FOLDER FILE...}. */
final class Embeddings {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Checkpoint base = Checkpoints.ofBase("bge-small-en-v1.5", 2);
                EncoderEmbedder embedder = EncoderEmbedder.load(base, Precision.FP32)) {
            for (String file : List.of(arguments).subList(1, arguments.length)) {
                write(embedder, Path.of(file), folder);
            }
        }
    }

    private static void write(EncoderEmbedder embedder, Path file, Path folder) throws Exception {
        List<String> texts =
                LabelledSets.read(file).examples().stream().map(Example::text).toList();
        float[][] vectors = embedder.embed(texts);
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * vectors[0].length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] vector : vectors) {
            for (float number : vector) {
                bytes.putFloat(number);
            }
        }
        Files.write(folder.resolve(file.getFileName() + ".f32"), bytes.array());
    }
}
