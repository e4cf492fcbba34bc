package dev.taxon.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What Taxon needs of an ONNX model: initializers, and the inputs of the matrix products in the graph's order.
 *
 * @param tensors initializers by name
 * @param products for each MatMul node its second input
 */
record OnnxGraph(Map<String, OnnxTensor> tensors, List<String> products) {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OPERATOR = 4;
    private static final int LONGEST_NAME = 10_000;

    /** Reads a model, keeping only the initializers that are wanted. */
    static OnnxGraph read(InputStream input, Predicate<String> wanted) throws IOException {
        OnnxGraph graph = new OnnxGraph(new LinkedHashMap<>(), new ArrayList<>());
        ProtobufReader reader = new ProtobufReader(input);
        for (int field = reader.nextAtTop(); field != 0; field = reader.nextAtTop()) {
            if (field == MODEL_GRAPH) {
                graph.readGraph(reader, wanted);
            } else {
                reader.skip();
            }
        }
        return graph;
    }

    private void readGraph(ProtobufReader reader, Predicate<String> wanted) throws IOException {
        reader.require(ProtobufReader.BYTES);
        long end = reader.end();
        for (int field = reader.next(end); field != 0; field = reader.next(end)) {
            switch (field) {
                case GRAPH_NODE -> readNode(reader);
                case GRAPH_INITIALIZER -> keep(readTensor(reader), wanted);
                default -> reader.skip();
            }
        }
    }

    private static OnnxTensor readTensor(ProtobufReader reader) throws IOException {
        reader.require(ProtobufReader.BYTES);
        return OnnxTensor.read(reader);
    }

    private void keep(OnnxTensor tensor, Predicate<String> wanted) throws IOException {
        if (wanted.test(tensor.name()) && tensors.put(tensor.name(), tensor) != null) {
            throw new IOException("an initializer stands twice");
        }
    }

    private void readNode(ProtobufReader reader) throws IOException {
        reader.require(ProtobufReader.BYTES);
        long end = reader.end();
        List<String> inputs = new ArrayList<>();
        String operator = "";
        for (int field = reader.next(end); field != 0; field = reader.next(end)) {
            switch (field) {
                case NODE_INPUT -> inputs.add(string(reader));
                case NODE_OPERATOR -> operator = string(reader);
                default -> reader.skip();
            }
        }
        if (operator.equals("MatMul") && inputs.size() == 2) {
            products.add(inputs.get(1));
        }
    }

    static String string(ProtobufReader reader) throws IOException {
        reader.require(ProtobufReader.BYTES);
        if (reader.end() - reader.position() > LONGEST_NAME) {
            throw new IOException("a name of more than " + LONGEST_NAME + " bytes");
        }
        return new String(reader.content(), StandardCharsets.UTF_8);
    }
}
