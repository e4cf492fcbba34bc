import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taxon.core.ClassificationInput;
import dev.taxon.core.EngineOptions;
import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.checkpoint.SafetensorsWriter;
import dev.taxon.core.checkpoint.TensorInfo;
import dev.taxon.core.checkpoint.Weights;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.PackedRows;
import dev.taxon.core.torch.Torch;
import dev.taxon.models.BuiltInModels;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the default model's program is called with for the first rows of evaluation sets, batched and packed as the engine
 * does it, and the table of word vectors, for who runs the program without a JDK: {@code FOLDER ROWS TARGET} writes
 * TARGET/packed.jsonl and TARGET/words.safetensors. Of each set one line of its labels, then one a batch.
 */
final class PackedSets {
    private static final String WORDS = "model.encoder_model.embeddings.word_embeddings.weight";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PromptEncoder prompts;
    private final int pad;
    private final NDManager manager;
    private final PrintStream lines;

    private PackedSets(PromptEncoder prompts, int pad, NDManager manager, PrintStream lines) {
        this.prompts = prompts;
        this.pad = pad;
        this.manager = manager;
        this.lines = lines;
    }

    public static void main(String[] arguments) throws Exception {
        Torch.initialize();
        Path target = Files.createDirectories(Path.of(arguments[2]));
        try (Checkpoint checkpoint = BuiltInModels.taxonSmall();
                Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
                NDManager manager = NDManager.newBaseManager();
                PrintStream lines = new PrintStream(target.resolve("packed.jsonl").toFile())) {
            words(checkpoint.weights(), target.resolve("words.safetensors"));
            PackedSets sets = new PackedSets(
                    PromptEncoder.of(checkpoint.config(), tokenizer),
                    checkpoint.config().encoder().padTokenId(),
                    manager,
                    lines);
            for (Path file : LabelledSets.files(List.of(Path.of(arguments[0])))) {
                List<Example> all = LabelledSets.read(file).examples();
                sets.write(LabelledSets.nameOf(file), all.stream().limit(Integer.parseInt(arguments[1])).toList());
            }
        }
    }

    private static void words(Weights weights, Path file) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        TensorInfo info = weights.info(WORDS);
        writer.add(info, () -> weights.bytes(WORDS));
        writer.write(file);
    }

    private void write(String name, List<Example> examples) throws IOException {
        List<EncodedRow> rows = examples.stream()
                .map(row -> prompts.encode(ClassificationInput.of(row.text(), row.allLabels())).rows().get(0))
                .toList();
        Map<TokenIds, Integer> labels = new LinkedHashMap<>();
        rows.forEach(row -> row.labels().forEach(label -> labels.putIfAbsent(label, labels.size())));
        PackedRows alone = PackedRows.of(labels.keySet().stream().map(label -> label.after(pad)).toList());
        line(Map.of(
                "set", name,
                "ids", numbers(alone.ids(manager)),
                "positions", numbers(alone.positions(manager)),
                "table", numbers(alone.groups(manager)),
                "ranks", alone.ranks()));
        EngineOptions options = EngineOptions.defaults();
        int[] positions = rows.stream().mapToInt(EncodedRow::positions).toArray();
        for (int[] batch : new TokenBudgetPlanner(options.tokenBudget(), options.rowLimit()).plan(positions)) {
            write(
                    name,
                    Arrays.stream(batch).mapToObj(rows::get).toList(),
                    Arrays.stream(batch).mapToObj(examples::get).toList(),
                    labels);
        }
    }

    private void write(String name, List<EncodedRow> rows, List<Example> examples, Map<TokenIds, Integer> labels)
            throws IOException {
        PackedRows packed = PackedRows.of(
                rows.stream().map(EncodedRow::text).toList(),
                rows.stream().mapToInt(EncodedRow::labelCount).toArray());
        List<Integer> numbers = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int row : packed.order()) {
            rows.get(row).labels().forEach(label -> numbers.add(labels.get(label)));
            Example example = examples.get(row);
            right.add(example.allLabels().indexOf(example.trueLabels().get(0)));
        }
        IntStream.range(0, packed.filler().labels()).forEach(label -> numbers.add(0));
        line(Map.of(
                "set", name,
                "ids", numbers(packed.ids(manager)),
                "positions", numbers(packed.positions(manager)),
                "table", numbers(packed.groups(manager)),
                "labels", numbers,
                "label_rows", numbers(packed.labelRows(manager)),
                "right", right));
    }

    private void line(Map<String, Object> values) throws IOException {
        lines.println(JSON.writeValueAsString(values));
    }

    private static long[] numbers(NDArray array) {
        try (array) {
            return array.toLongArray();
        }
    }
}
