package dev.taxon.core.prompt;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.taxon.core.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Turns strings of users into token ids: whole, without special tokens, truncation or padding. Every string is plain
 * characters; none yields the id of a special token or marker, whatever it spells ({@code [UNK]} excepted, which is
 * also what unknown words become).
 *
 * <p>Lone surrogates, which UTF-8 cannot hold, are read as U+FFFD, the replacement character. Thread-safe; holds native
 * memory until closed.
 */
public final class Tokenizer implements AutoCloseable {
    private static final char REPLACEMENT = '\uFFFD';
    /** Generous: English takes four or five characters a token. */
    private static final int CHARACTERS_A_TOKEN = 16;

    private final HuggingFaceTokenizer tokenizer;
    /** The same, where it marks the beginning of a string in a way of its own; otherwise the very same object. */
    private final HuggingFaceTokenizer inner;

    private final TokenizerFile file;
    private final Set<Integer> reserved;
    /** Held for reading while encoding, so that closing never pulls the native object from under a reader. */
    private final ReadWriteLock closing = new ReentrantReadWriteLock();

    private Tokenizer(HuggingFaceTokenizer tokenizer, HuggingFaceTokenizer inner, TokenizerFile file) {
        this.tokenizer = tokenizer;
        this.inner = inner;
        this.file = file;
        this.reserved = Set.copyOf(file.reserved().values());
    }

    /** Loads a tokenizer. Throws {@link CheckpointException} when the bytes are not a tokenizer.json. */
    public static Tokenizer of(byte[] tokenizerJson) {
        TokenizerFile file = TokenizerFile.parse(tokenizerJson);
        // DJL otherwise downloads native code and reports usage.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            HuggingFaceTokenizer tokenizer = load(file.plainJson());
            HuggingFaceTokenizer inner = file.innerJson().equals(file.plainJson()) ? tokenizer : load(file.innerJson());
            return new Tokenizer(tokenizer, inner, file);
        } catch (IOException | RuntimeException e) {
            throw new CheckpointException(
                    "tokenizer.json cannot be loaded; save the tokenizer of the model again with a current version.",
                    e);
        }
    }

    private static HuggingFaceTokenizer load(String json) throws IOException {
        Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), options);
    }

    /** The ids of a string; none for a string that is empty after normalisation. */
    public TokenIds encode(String text) {
        return encode(text, tokenizer);
    }

    /** The ids of what stands after a marker: some tokenizers mark the beginning of a whole string, and that alone. */
    TokenIds encodeInner(String text) {
        return encode(text, inner);
    }

    private TokenIds encode(String text, HuggingFaceTokenizer reader) {
        String wellFormed = replaceLoneSurrogates(text);
        closing.readLock().lock();
        try {
            return new TokenIds(plainIds(nativeIds(wellFormed, reader)));
        } finally {
            closing.readLock().unlock();
        }
    }

    /**
     * The first ids of a string, so that cutting a book to a page does not take the time of reading it: the same as
     * {@link #encode} gives as far as they go, and more than {@code count} of them wherever it gives more.
     *
     * <p>What stands before a space is tokenised alike whatever follows it, if the space stands alone: a run of spaces
     * is one piece to some tokenizers, and so is one that normalisation makes by dropping or replacing a character.
     */
    TokenIds encodeBeginning(String text, int count) {
        return encodeBeginning(text, count, tokenizer);
    }

    /** The same of what stands after a marker. */
    TokenIds encodeInnerBeginning(String text, int count) {
        return encodeBeginning(text, count, inner);
    }

    private TokenIds encodeBeginning(String text, int count, HuggingFaceTokenizer reader) {
        int space = loneSpace(text, (int) Math.min(text.length(), (long) CHARACTERS_A_TOKEN * (count + 1L)));
        if (space < 0) {
            return encode(text, reader);
        }
        TokenIds beginning = encode(text.substring(0, space), reader);
        return beginning.length() > count ? beginning : encode(text, reader);
    }

    /** The first space between two letters or digits, or -1. */
    private static int loneSpace(String text, int from) {
        int space = text.indexOf(' ', Math.max(1, from));
        while (space >= 0 && !standsAlone(text, space)) {
            space = text.indexOf(' ', space + 1);
        }
        return space;
    }

    private static boolean standsAlone(String text, int space) {
        return space + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(space - 1))
                && Character.isLetterOrDigit(text.charAt(space + 1));
    }

    /**
     * Ids alone, through DJL's own bridge: its {@code Encoding} also copies tokens, words and spans out of native
     * memory, which doubles the time.
     */
    private static long[] nativeIds(String text, HuggingFaceTokenizer reader) {
        if (reader.isReleased()) {
            throw new IllegalStateException("The tokenizer is closed.");
        }
        long encoding = TokenizersLibrary.LIB.encode(reader.getHandle(), text, false);
        try {
            return TokenizersLibrary.LIB.getTokenIds(encoding);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    /** Special tokens stand in the vocabulary too, and a tokenizer that splits at spaces alone may find them there. */
    private int[] plainIds(long[] ids) {
        int unknown = file.unknown();
        return Arrays.stream(ids)
                .mapToInt(Math::toIntExact)
                .map(id -> reserved.contains(id) ? unknown : id)
                .filter(id -> id >= 0)
                .toArray();
    }

    /** How many of the ids stand for what the vocabulary has no token for. */
    public int unknownIn(TokenIds ids) {
        int unknown = file.unknown();
        int found = 0;
        for (int position = 0; position < ids.length(); position++) {
            found += unknown >= 0 && ids.at(position) == unknown ? 1 : 0;
        }
        return found;
    }

    /** The id of one of its special tokens, such as {@code [CLS]}; {@link CheckpointException} when it has none. */
    public int special(String content) {
        return file.special(content);
    }

    /** The id of a special token or marker by its name, where there is one that no text yields. */
    Optional<Integer> reserved(String content) {
        return Optional.ofNullable(file.reserved().get(content)).filter(this::isReserved);
    }

    /** Whether an id is a special token's or a marker's that no text yields. */
    boolean isReserved(int id) {
        return reserved.contains(id) && id != file.unknown();
    }

    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            tokenizer.close();
            if (inner != tokenizer) {
                inner.close();
            }
        } finally {
            closing.writeLock().unlock();
        }
    }

    static String replaceLoneSurrogates(String text) {
        int first = firstLoneSurrogate(text, 0);
        if (first < 0) {
            return text;
        }
        char[] characters = text.toCharArray();
        for (int i = first; i >= 0; i = firstLoneSurrogate(text, i + 1)) {
            characters[i] = REPLACEMENT;
        }
        return new String(characters);
    }

    private static int firstLoneSurrogate(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char character = text.charAt(i);
            if (!Character.isSurrogate(character)) {
                i++;
                continue;
            }
            boolean paired = Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!paired) {
                return i;
            }
            i += 2;
        }
        return -1;
    }
}
