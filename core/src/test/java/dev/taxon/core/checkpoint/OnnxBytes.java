package dev.taxon.core.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** ONNX models made by hand: just enough of the protobuf wire format. */
final class OnnxBytes {
    private OnnxBytes() {}

    /** A one-layer encoder whose six matrices are [2, 3], the first element of each being its number from 1. */
    static byte[] oneLayer() {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        for (int i = 1; i <= 6; i++) {
            graph.writeBytes(node("MatMul", "state", "onnx::MatMul_" + (20 - i)));
            graph.writeBytes(node("MatMul", "queries", "keys"));
        }
        graph.writeBytes(tensor("embeddings.LayerNorm.weight", List.of(2L), 0.5f, -1f));
        graph.writeBytes(tensor("classifier.weight", List.of(1L), 9f));
        for (int i = 6; i >= 1; i--) {
            graph.writeBytes(tensor("onnx::MatMul_" + (20 - i), List.of(2L, 3L), i, 12, 13, 21, 22, 23));
        }
        return model(graph.toByteArray());
    }

    static byte[] model(byte[] graph) {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.writeBytes(number(1, 8));
        model.writeBytes(field(2, "by hand".getBytes(StandardCharsets.UTF_8)));
        model.writeBytes(field(7, graph));
        return model.toByteArray();
    }

    static byte[] node(String operator, String... inputs) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (String input : inputs) {
            node.writeBytes(field(1, input.getBytes(StandardCharsets.UTF_8)));
        }
        node.writeBytes(field(4, operator.getBytes(StandardCharsets.UTF_8)));
        return field(1, node.toByteArray());
    }

    static byte[] tensor(String name, List<Long> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        shape.forEach(dimension -> tensor.writeBytes(number(1, dimension)));
        tensor.writeBytes(number(2, 1));
        tensor.writeBytes(field(8, name.getBytes(StandardCharsets.UTF_8)));
        tensor.writeBytes(field(9, data.array()));
        return field(5, tensor.toByteArray());
    }

    static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.writeBytes(varint((long) number << 3 | 2));
        field.writeBytes(varint(content.length));
        field.writeBytes(content);
        return field.toByteArray();
    }

    static byte[] number(int number, long value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.writeBytes(varint((long) number << 3));
        field.writeBytes(varint(value));
        return field.toByteArray();
    }

    static byte[] varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }
}
