import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.Checkpoints;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the plain base encoder as a folder that transformers opens as a BertModel, for set_fit.py: {@code FOLDER}. */
final class BaseEncoder {
    private static final String PREFIX = "model.encoder_model.";
    private static final String CONFIG = """
            {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 384, "num_hidden_layers": 12,
             "num_attention_heads": 12, "intermediate_size": 1536, "vocab_size": 30522, "max_position_embeddings": 512}
            """;
    private static final String TOKENIZER = """
            {"tokenizer_class": "BertTokenizerFast", "model_max_length": 512, "cls_token": "[CLS]", "sep_token": "[SEP]",
             "pad_token": "[PAD]", "unk_token": "[UNK]", "mask_token": "[MASK]", "do_lower_case": true}
            """;

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (Checkpoint base = Checkpoints.ofBase("bge-small-en-v1.5", 2)) {
            SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
            Weights weights = base.weights();
            List<String> names =
                    weights.names().stream().filter(name -> name.startsWith(PREFIX)).toList();
            for (String name : names) {
                TensorInfo info = weights.info(name);
                writer.add(
                        new TensorInfo(name.substring(PREFIX.length()), info.type(), info.shape()),
                        () -> weights.bytes(name));
            }
            writer.write(folder.resolve("model.safetensors"));
            Files.write(folder.resolve("tokenizer.json"), base.tokenizerJson().get());
        }
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.writeString(folder.resolve("tokenizer_config.json"), TOKENIZER);
    }
}
