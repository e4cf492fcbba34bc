package dev.taxon.core.adapter;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.core.checkpoint.CheckpointFolder;
import dev.taxon.core.checkpoint.ModelConfig;
import dev.taxon.core.checkpoint.WeightShapes;
import dev.taxon.core.checkpoint.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads adapter folders as PEFT writes them (adapter_config.json, adapter_model.safetensors), with Taxon's own
 * taxon.json where there is one. Folders come from strangers: what does not fit the model is refused by name, and nothing
 * in them is executed. Immutable and thread-safe.
 */
public final class AdapterFolder {
    public static final String CONFIG = "adapter_config.json";
    public static final String WEIGHTS = "adapter_model.safetensors";
    public static final String SETTINGS = "taxon.json";

    /** Where a job that trains leaves its adapter, within its own folder. */
    public static final String TRAINED = "adapter";

    /** BERT's pooler, which GLiClass has and never reads. */
    private static final String NEVER_READ = "model.encoder_model.pooler.";

    private final Map<String, List<Long>> layers;
    private final HeadWeights heads;
    private final String base;

    /**
     * A reader of adapters for one model.
     *
     * @param base the model's digest
     */
    public AdapterFolder(ModelConfig model, HeadWeights heads, String base) {
        this.layers = WeightShapes.linearLayers(model);
        this.heads = heads;
        this.base = base;
    }

    /** Digest of the model whose adapters it reads. */
    public String base() {
        return base;
    }

    /**
     * Reads a folder whole. The folder of a job that trained an adapter stands for the one in it.
     *
     * @throws CheckpointException naming file and tensor of what is missing, damaged, not supported, or of another base
     */
    public Adapter read(Path path) {
        CheckpointFolder folder = folderOf(path);
        requireFolder(path, folder);
        PeftConfig config = PeftConfigReader.read(folder.describe(CONFIG), folder.read(CONFIG));
        TaxonFile own = folder.has(SETTINGS)
                ? TaxonFile.read(folder.describe(SETTINGS), folder.read(SETTINGS))
                : TaxonFile.NONE;
        own.base().filter(other -> !other.equals(base)).ifPresent(other -> {
            throw new CheckpointException(
                    "%s: the adapter was trained on %s, but this model is %s; open the model that it belongs to."
                            .formatted(folder.describe(SETTINGS), TaxonFile.shown(other), base));
        });
        try (Weights weights = folder.weights(WEIGHTS)) {
            Map<String, LowRankUpdate> updates = updates(folder.describe(WEIGHTS), config, weights);
            return new Adapter(AdapterDigest.of(weights, config, own), own.settings(), updates, own.base());
        }
    }

    private static void requireFolder(Path path, CheckpointFolder folder) {
        if (!Files.isDirectory(path)) {
            throw incomplete(path + " is not a folder");
        }
        for (String file : List.of(CONFIG, WEIGHTS)) {
            if (!folder.has(file)) {
                throw incomplete(folder.describe(file) + " is missing");
            }
        }
    }

    private static CheckpointException incomplete(String what) {
        return new CheckpointException("%s; an adapter is a folder of %s and %s.".formatted(what, CONFIG, WEIGHTS));
    }

    private static CheckpointFolder folderOf(Path path) {
        CheckpointFolder folder = CheckpointFolder.of(path);
        CheckpointFolder trained = CheckpointFolder.of(path.resolve(TRAINED));
        return !folder.has(CONFIG) && trained.has(CONFIG) ? trained : folder;
    }

    private Map<String, LowRankUpdate> updates(String source, PeftConfig config, Weights weights) {
        Map<String, LayerTensors> byLayer = new LinkedHashMap<>();
        for (String name : new TreeSet<>(weights.names())) {
            AdapterTensor tensor = AdapterTensor.parse(source, name);
            if (!tensor.layer().startsWith(NEVER_READ)) {
                List<Long> shape = shape(source, tensor);
                byLayer.computeIfAbsent(tensor.layer(), layer -> new LayerTensors(source, layer, shape))
                        .add(tensor);
            }
        }
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        byLayer.forEach((layer, tensors) -> updates.put(layer, tensors.update(config, weights, heads)));
        return updates;
    }

    private List<Long> shape(String source, AdapterTensor tensor) {
        List<Long> shape = layers.get(tensor.layer());
        if (shape == null) {
            throw AdapterTensor.refused(source, tensor.name(), "this model has no linear layer of that name");
        }
        return shape;
    }
}
