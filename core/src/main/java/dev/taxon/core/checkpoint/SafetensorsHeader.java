package dev.taxon.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: eight bytes of length, then JSON of that length. It is read as a stream and every
 * claim is held against the file's size, so that a lying header costs no memory beyond its own bytes.
 *
 * @param tensors by name, in the header's order
 * @param metadata the free strings under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Slot> tensors, Map<String, String> metadata) {
    static final int LENGTH_BYTES = 8;
    static final int MAXIMUM_BYTES = 100_000_000;
    static final String METADATA = "__metadata__";
    private static final int MAXIMUM_RANK = 16;
    /** Types that such files have beside those that are read; another word may be anybody's. */
    private static final Pattern TYPE = Pattern.compile("F64|F8_E4M3|F8_E5M2|[IU](8|16|32|64)|BOOL");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Where a tensor stands, in bytes after the header. */
    record Slot(TensorInfo info, long begin, long end) {
        long size() {
            return end - begin;
        }

        private CheckpointException damaged(String source, String what) {
            return SafetensorsHeader.damaged(source, info.name(), what);
        }
    }

    /** Checks the claimed length of the header against the file before anything is read. */
    static int checkLength(String source, long claimed, long fileSize) {
        if (claimed < 2 || claimed > MAXIMUM_BYTES || claimed > fileSize - LENGTH_BYTES) {
            throw new CheckpointException("%s is not a safetensors file or is damaged: its header claims %s bytes in a"
                            .formatted(source, Long.toUnsignedString(claimed))
                    + " file of " + fileSize + "; copy or download it again.");
        }
        return (int) claimed;
    }

    static SafetensorsHeader parse(String source, byte[] json, long dataSize) {
        Reader reader = new Reader(source);
        try (JsonParser parser = JSON.createParser(json)) {
            reader.readAll(parser);
        } catch (IOException e) {
            throw new CheckpointException(
                    "%s: the safetensors header is not valid JSON; copy or download the file again.".formatted(source),
                    e);
        }
        checkCoverage(source, reader.tensors, dataSize);
        return new SafetensorsHeader(reader.tensors, reader.metadata);
    }

    private static void checkCoverage(String source, Map<String, Slot> tensors, long dataSize) {
        List<Slot> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(Slot::begin).thenComparingLong(Slot::end));
        long end = 0;
        for (Slot slot : ordered) {
            if (slot.end() > dataSize) {
                throw slot.damaged(
                        source, "ends at byte " + slot.end() + " of " + dataSize + ": the file is truncated");
            }
            if (slot.begin() != end) {
                throw slot.damaged(source, slot.begin() < end ? "overlaps another tensor" : "leaves a hole before it");
            }
            end = slot.end();
        }
        if (end != dataSize) {
            throw new CheckpointException(
                    "%s is damaged: its tensors take %d bytes but it holds %d.".formatted(source, end, dataSize));
        }
    }

    private static CheckpointException damaged(String source, String tensor, String what) {
        return new CheckpointException(
                "%s is damaged: tensor %s %s.".formatted(source, TensorNames.shown(tensor), what));
    }

    private static final class Reader {
        private final String source;
        private final Map<String, Slot> tensors = new LinkedHashMap<>();
        private final Map<String, String> metadata = new LinkedHashMap<>();

        Reader(String source) {
            this.source = source;
        }

        void readAll(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                require(parser.nextToken() == JsonToken.START_OBJECT);
                if (name.equals(METADATA)) {
                    readMetadata(parser);
                } else {
                    tensors.put(name, readSlot(parser, name));
                }
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
        }

        private void readMetadata(JsonParser parser) throws IOException {
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                require(parser.nextToken() == JsonToken.VALUE_STRING);
                metadata.put(key, parser.getText());
            }
            require(parser.currentToken() == JsonToken.END_OBJECT);
        }

        private Slot readSlot(JsonParser parser, String name) throws IOException {
            ElementType type = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                parser.nextToken();
                switch (field) {
                    case "dtype" -> type = readType(parser, name);
                    case "shape" -> shape = readNumbers(parser, name, field);
                    case "data_offsets" -> offsets = readNumbers(parser, name, field);
                    default -> throw damaged(source, name, "has an unknown field in the header");
                }
            }
            require(parser.currentToken() == JsonToken.END_OBJECT);
            return slot(name, type, shape, offsets);
        }

        private Slot slot(
                String name, @Nullable ElementType type, @Nullable List<Long> shape, @Nullable List<Long> offsets) {
            if (type == null || shape == null || offsets == null || offsets.size() != 2) {
                throw damaged(source, name, "lacks dtype, shape or its two data_offsets");
            }
            long size = offsets.get(1) - offsets.get(0);
            if (size < 0 || size != sizeInBytes(name, type, shape)) {
                throw damaged(
                        source,
                        name,
                        "of shape %s in %s does not take the %d bytes its offsets claim".formatted(shape, type, size));
            }
            return new Slot(new TensorInfo(name, type, shape), offsets.get(0), offsets.get(1));
        }

        private long sizeInBytes(String name, ElementType type, List<Long> shape) {
            long size = type.bytes();
            try {
                for (long dimension : shape) {
                    size = Math.multiplyExact(size, dimension);
                }
            } catch (ArithmeticException e) {
                throw damaged(source, name, "claims a shape beyond all bounds: " + shape);
            }
            return size;
        }

        private ElementType readType(JsonParser parser, String name) throws IOException {
            String type = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "none";
            return switch (type) {
                case "F32" -> ElementType.F32;
                case "F16" -> ElementType.F16;
                case "BF16" -> ElementType.BF16;
                case "I64" -> ElementType.I64;
                default ->
                    throw new CheckpointException("%s: tensor %s has %s; Taxon reads F32, F16, BF16 and I64."
                            .formatted(source, TensorNames.shown(name), shown(type)));
            };
        }

        private static String shown(String type) {
            return TYPE.matcher(type).matches() ? "the element type '" + type + "'" : "no element type";
        }

        private List<Long> readNumbers(JsonParser parser, String name, String field) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw damaged(source, name, "has a " + field + " that is not a list");
            }
            List<Long> numbers = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (!isSize(parser) || numbers.size() == MAXIMUM_RANK) {
                    throw damaged(source, name, "has a " + field + " that is not a short list of sizes");
                }
                numbers.add(parser.getLongValue());
            }
            return numbers;
        }

        private static boolean isSize(JsonParser parser) throws IOException {
            return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= 0;
        }

        private void require(boolean wellFormed) {
            if (!wellFormed) {
                throw malformed();
            }
        }

        private CheckpointException malformed() {
            return new CheckpointException(
                    "%s: the safetensors header is not an object of tensors; copy or download the file again."
                            .formatted(source));
        }
    }
}
