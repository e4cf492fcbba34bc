package dev.taxon.core.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * An initializer of an ONNX graph (message TensorProto) in fp32.
 *
 * @param data elements, little-endian, row-major, from position 0 to the limit
 */
record OnnxTensor(String name, List<Long> shape, ByteBuffer data) {
    private static final int FLOAT = 1;
    private static final int MAXIMUM_RANK = 8;

    /** Reads the message that the reader's current field holds. */
    static OnnxTensor read(ProtobufReader reader) throws IOException {
        Fields fields = new Fields();
        long end = reader.end();
        for (int field = reader.next(end); field != 0; field = reader.next(end)) {
            switch (field) {
                case 1 -> fields.addDimensions(reader);
                case 2 -> fields.type = reader.varintValue();
                case 4, 9 -> fields.data = content(reader);
                case 8 -> fields.name = OnnxGraph.string(reader);
                case 14 -> fields.external = reader.varintValue() == 1;
                default -> reader.skip();
            }
        }
        return fields.tensor();
    }

    /** raw_data and packed float_data are the same bytes; float_data one by one is not written by any exporter. */
    private static byte[] content(ProtobufReader reader) throws IOException {
        reader.require(ProtobufReader.BYTES);
        return reader.content();
    }

    /** True when type, shape and data agree. */
    boolean isWhole() {
        long size = Float.BYTES;
        for (long dimension : shape) {
            if (dimension <= 0 || dimension > Integer.MAX_VALUE || size > Integer.MAX_VALUE) {
                return false;
            }
            size *= dimension;
        }
        return size == data.limit();
    }

    /** A matrix [in, out] as [out, in]. */
    OnnxTensor transposed(String newName) {
        int rows = Math.toIntExact(shape.get(0));
        int columns = Math.toIntExact(shape.get(1));
        ByteBuffer target = ByteBuffer.allocate(data.limit()).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int from = (row * columns + column) * Float.BYTES;
                int to = (column * rows + row) * Float.BYTES;
                target.putInt(to, data.getInt(from));
            }
        }
        return new OnnxTensor(newName, List.of(shape.get(1), shape.get(0)), target);
    }

    private static final class Fields {
        private final List<Long> shape = new ArrayList<>();
        private String name = "";
        private long type;
        private byte[] data = {};
        private boolean external;

        void addDimensions(ProtobufReader reader) throws IOException {
            if (reader.wireType() == ProtobufReader.VARINT) {
                addDimension(reader.varintValue());
                return;
            }
            reader.require(ProtobufReader.BYTES);
            byte[] packed = reader.content();
            ProtobufReader numbers = new ProtobufReader(new ByteArrayInputStream(packed));
            while (numbers.position() < packed.length) {
                addDimension(numbers.varint());
            }
        }

        private void addDimension(long dimension) throws IOException {
            if (shape.size() == MAXIMUM_RANK) {
                throw new IOException("a tensor of more than " + MAXIMUM_RANK + " dimensions");
            }
            shape.add(dimension);
        }

        OnnxTensor tensor() throws IOException {
            if (type == FLOAT && external) {
                throw new IOException("a tensor whose data stand in another file");
            }
            // Other element types (shape constants, int64) are of no use here and carry no data along.
            ByteBuffer kept = ByteBuffer.wrap(type == FLOAT ? data : new byte[0]);
            return new OnnxTensor(name, shape, kept.order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
