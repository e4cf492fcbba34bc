package dev.taxon.core.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the few pickle opcodes (protocol 2) that a TorchScript archive needs. */
final class Pickle {
    private static final int PROTOCOL = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int TRUE = 0x88;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Pickle() {
        opcode(PROTOCOL).opcode(2);
    }

    /** An empty tuple: the archive's constants, of which the programs have none. */
    static byte[] emptyTuple() {
        return new Pickle().opcode(')').end();
    }

    /** An object of a TorchScript class with its attributes; a null value is None. */
    static byte[] object(ScriptObject object) {
        return new Pickle().value(object).end();
    }

    private Pickle value(Object value) {
        if (value == ScriptArchive.NONE) {
            return opcode('N');
        }
        if (value instanceof Boolean flag) {
            return opcode(flag ? TRUE : FALSE);
        }
        if (value instanceof Integer number) {
            return opcode('J').bytes(littleEndian(4).putInt(number));
        }
        if (value instanceof Double number) {
            // The one big-endian number of the format.
            return opcode('G').bytes(ByteBuffer.allocate(8).putDouble(number));
        }
        if (value instanceof String string) {
            return text(string);
        }
        if (value instanceof ScriptObject object) {
            Pickle named =
                    global(object.module(), object.className()).opcode(')').opcode(NEW_OBJECT);
            return named.dictionary(object.allAttributes()).opcode('b');
        }
        if (value instanceof Map<?, ?> entries) {
            return dictionary(entries);
        }
        throw new IllegalArgumentException("no pickle for " + value.getClass());
    }

    private Pickle dictionary(Map<?, ?> entries) {
        opcode('}').opcode('(');
        entries.forEach((key, value) -> text((String) key).value(value));
        return opcode('u');
    }

    private Pickle global(String module, String name) {
        return opcode('c').bytes(ByteBuffer.wrap((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private Pickle text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return opcode('X').bytes(littleEndian(4).putInt(utf8.length)).bytes(ByteBuffer.wrap(utf8));
    }

    private Pickle opcode(int code) {
        out.write(code);
        return this;
    }

    private Pickle bytes(ByteBuffer buffer) {
        out.writeBytes(buffer.array());
        return this;
    }

    private byte[] end() {
        return opcode('.').out.toByteArray();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
