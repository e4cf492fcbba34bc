package dev.taxon.serving.dataset;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What callers know the rows of a data set by. Rows are numbered over all tenants, so that who sees two numbers knows how many
 * rows others brought in meanwhile. Hence a number is told as one block of AES under the data set's random id, which nobody
 * outside sees: 32 hexadecimal digits, the same for a row in whichever version it is. Used by one thread.
 */
final class RowIds {
    private static final int BLOCK_BYTES = 16;
    private static final int DIGITS = 2 * BLOCK_BYTES;

    private final SecretKeySpec key;
    private final Cipher writing;

    private RowIds(SecretKeySpec key, Cipher writing) {
        this.key = key;
        this.writing = writing;
    }

    /** The ids of this data set's rows. */
    static RowIds of(UUID dataset) {
        byte[] bytes = ByteBuffer.allocate(BLOCK_BYTES)
                .putLong(dataset.getMostSignificantBits())
                .putLong(dataset.getLeastSignificantBits())
                .array();
        SecretKeySpec key = new SecretKeySpec(bytes, "AES");
        return new RowIds(key, cipher(Cipher.ENCRYPT_MODE, key));
    }

    /** One block needs no vector to begin with: no two rows are the same block. */
    private static Cipher cipher(int mode, SecretKeySpec key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, key, new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES.", impossible);
        }
    }

    /** A row's id. */
    String write(long number) {
        byte[] block = ByteBuffer.allocate(BLOCK_BYTES).putLong(number).array();
        return HexFormat.of().formatHex(apply(writing, block));
    }

    /** The number of the row with this id; empty for an id that none of the data set's rows can have. */
    OptionalLong read(String id) {
        if (id.length() != DIGITS || !id.chars().allMatch(HexFormat::isHexDigit)) {
            return OptionalLong.empty();
        }
        byte[] block = apply(cipher(Cipher.DECRYPT_MODE, key), HexFormat.of().parseHex(id));
        ByteBuffer numbers = ByteBuffer.wrap(block);
        long number = numbers.getLong();
        return numbers.getLong() == 0 ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static byte[] apply(Cipher cipher, byte[] block) {
        try {
            return cipher.doFinal(block);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A whole block is a whole block.", impossible);
        }
    }
}
