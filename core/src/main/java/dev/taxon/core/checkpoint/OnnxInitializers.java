package dev.taxon.core.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The weights of a BERT encoder out of an ONNX model, under the names of a GLiClass checkpoint. One-dimensional tensors
 * and embeddings keep their names in the export; the matrices are called {@code onnx::MatMul_*}, are transposed, and
 * stand in the order of the graph's nodes: query, key, value, attention output, intermediate, output of each layer.
 *
 * <p>Held on the heap in fp32 until closed. Thread-safe.
 */
public final class OnnxInitializers implements Weights {
    private static final String PREFIX = "model.encoder_model.";
    private static final Pattern NAMED = Pattern.compile("(embeddings|encoder)\\..+");
    private static final String MATRIX = "onnx::MatMul_";
    private static final List<String> MATRICES_OF_A_LAYER = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "intermediate.dense",
            "output.dense");

    private final String source;
    private final Map<String, OnnxTensor> tensors;

    private OnnxInitializers(String source, Map<String, OnnxTensor> tensors) {
        this.source = source;
        this.tensors = tensors;
    }

    /** Opens the bytes of a model; called once. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * Reads a model.
     *
     * @param wanted which tensors to keep, by their names in a GLiClass checkpoint
     * @throws CheckpointException when the bytes are not an ONNX model of a BERT encoder
     */
    public static OnnxInitializers read(String source, Opener opener, Predicate<String> wanted) {
        try (InputStream input = new BufferedInputStream(opener.open(), 1 << 16)) {
            OnnxGraph graph = OnnxGraph.read(
                    input, name -> name.startsWith(MATRIX) || (isNamed(name) && wanted.test(PREFIX + name)));
            return new OnnxInitializers(source, collect(source, graph, wanted));
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s is not an ONNX model or is damaged (%s); fetch it again.".formatted(source, e.getMessage()), e);
        }
    }

    private static boolean isNamed(String name) {
        return NAMED.matcher(name).matches();
    }

    private static Map<String, OnnxTensor> collect(String source, OnnxGraph graph, Predicate<String> wanted) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        for (OnnxTensor tensor : graph.tensors().values()) {
            if (!tensor.isWhole()) {
                throw new CheckpointException("%s: the data of tensor '%s' do not fit its shape %s."
                        .formatted(source, tensor.name(), tensor.shape()));
            }
            if (isNamed(tensor.name())) {
                tensors.put(PREFIX + tensor.name(), tensor);
            }
        }
        collectMatrices(source, graph, wanted, tensors);
        return tensors;
    }

    private static void collectMatrices(
            String source, OnnxGraph graph, Predicate<String> wanted, Map<String, OnnxTensor> target) {
        List<String> matrices = graph.products().stream()
                .filter(input -> input.startsWith(MATRIX) && graph.tensors().containsKey(input))
                .toList();
        if (matrices.isEmpty() || matrices.size() % MATRICES_OF_A_LAYER.size() != 0) {
            throw new CheckpointException("%s holds %d weight matrices; a BERT encoder has six in each layer."
                    .formatted(source, matrices.size()));
        }
        for (int i = 0; i < matrices.size(); i++) {
            String name = PREFIX + matrixName(i);
            OnnxTensor matrix = graph.tensors().get(matrices.get(i));
            if (matrix == null || matrix.shape().size() != 2) {
                throw new CheckpointException("%s: '%s' is not a matrix.".formatted(source, matrices.get(i)));
            }
            if (wanted.test(name)) {
                target.put(name, matrix.transposed(name));
            }
        }
    }

    private static String matrixName(int index) {
        int perLayer = MATRICES_OF_A_LAYER.size();
        return "encoder.layer." + index / perLayer + "." + MATRICES_OF_A_LAYER.get(index % perLayer) + ".weight";
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return new TensorInfo(name, ElementType.F32, tensor(name).shape());
    }

    @Override
    public ByteBuffer bytes(String name) {
        return tensor(name).data().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        tensors.clear();
    }

    private OnnxTensor tensor(String name) {
        OnnxTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException("%s has no tensor '%s'.".formatted(source, name));
        }
        return tensor;
    }
}
