package dev.taxon.core;

import dev.taxon.core.prompt.EncodedInput;
import java.util.ArrayList;
import java.util.List;

/**
 * An input whose text is read in many windows, in pieces of a few windows each, which may be scored in batches of their
 * own. A text of a million characters takes a device for minutes: in pieces others come in between, and what nobody waits
 * for any more is not computed.
 *
 * @param whole the input
 * @param pieces consecutive windows of it; the input itself where there is only one
 */
public record WindowPieces(EncodedInput whole, List<EncodedInput> pieces) {
    public WindowPieces {
        pieces = List.copyOf(pieces);
    }

    /** Cuts an input into pieces of at most so many windows. */
    public static WindowPieces of(EncodedInput input, int mostWindows) {
        if (input.windows() <= mostWindows) {
            return new WindowPieces(input, List.of(input));
        }
        List<EncodedInput> pieces = new ArrayList<>();
        for (int first = 0; first < input.windows(); first += mostWindows) {
            pieces.add(piece(input, first, Math.min(first + mostWindows, input.windows())));
        }
        return new WindowPieces(input, pieces);
    }

    /** Cuts an input into pieces of at most so many positions, or of one window where that has more. */
    static WindowPieces within(EncodedInput input, int mostPositions) {
        int aWindow = (input.positions() - 1) / input.windows() + 1;
        return of(input, Math.max(1, mostPositions / Math.max(1, aWindow)));
    }

    /** A classification for each input, of those of all pieces, input after input. */
    public static List<Classification> joined(List<WindowPieces> inputs, List<Classification> answers) {
        List<Classification> joined = new ArrayList<>(inputs.size());
        int first = 0;
        for (WindowPieces input : inputs) {
            int end = first + input.pieces.size();
            joined.add(input.joined(answers.subList(first, end)));
            first = end;
        }
        return joined;
    }

    /** The classification of the whole input, as if it had been scored at once, of those of its pieces in their order. */
    public Classification joined(List<Classification> answers) {
        if (pieces.size() == 1) {
            return answers.get(0);
        }
        List<float[]> logits = new ArrayList<>(answers.size());
        for (Classification answer : answers) {
            if (!(answer instanceof Classification.Scored scored)) {
                return new Classification.NotFinite(whole.tokens(), whole.truncated());
            }
            logits.add(unboxed(scored.logits()));
        }
        float[] merged = MergedLogits.ofPieces(pieces, logits);
        return Decoder.decode(List.of(whole), List.of(merged)).get(0);
    }

    private static EncodedInput piece(EncodedInput input, int first, int end) {
        return new EncodedInput(
                input.input(),
                input.rows().subList(first * input.chunks(), end * input.chunks()),
                end - first,
                tokensBefore(input, end) - tokensBefore(input, first),
                input.truncated());
    }

    /** Shared out evenly, so that those of all pieces are those of the input. */
    private static int tokensBefore(EncodedInput input, int window) {
        return (int) ((long) input.tokens() * window / input.windows());
    }

    private static float[] unboxed(List<Float> values) {
        float[] unboxed = new float[values.size()];
        for (int i = 0; i < unboxed.length; i++) {
            unboxed[i] = values.get(i);
        }
        return unboxed;
    }
}
