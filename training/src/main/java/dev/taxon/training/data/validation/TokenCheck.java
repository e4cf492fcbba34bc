package dev.taxon.training.data.validation;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.training.data.DataRow;
import java.util.stream.Stream;

/** Texts as the model will read them: cut where they are too long, and with holes where it has no token. */
final class TokenCheck implements RowCheck {
    private final Tokenizer tokenizer;
    private final int room;
    private final Tally cut = new Tally(FindingKind.CUT_TEXT);
    private final Tally unknown = new Tally(FindingKind.UNKNOWN_CHARACTER);
    private long tokens;
    private long tokensCut;
    private long mostCut;
    private long tokensUnknown;

    /** @param room the most tokens of a text, without special tokens */
    TokenCheck(Tokenizer tokenizer, int room) {
        this.tokenizer = tokenizer;
        this.room = room;
    }

    @Override
    public boolean accepts(DataRow.Labelled row, int part, Occurrence where) {
        if (!TextCheck.isUsable(row.text())) {
            return true;
        }
        TokenIds ids = tokenizer.encode(row.text());
        tokens += ids.length();
        countCut(ids.length() - room, where);
        countUnknown(ids, where);
        return true;
    }

    private void countCut(int over, Occurrence where) {
        if (over > 0) {
            tokensCut += over;
            mostCut = Math.max(mostCut, over);
            cut.add(where.remarking("by " + tokens(over)));
        }
    }

    private void countUnknown(TokenIds ids, Occurrence where) {
        int found = tokenizer.unknownIn(ids);
        if (found > 0) {
            tokensUnknown += found;
            unknown.add(where.remarking(tokens(found)));
        }
    }

    private static String tokens(int count) {
        return count == 1 ? "1 token" : Words.of("%,d tokens", count);
    }

    @Override
    public Stream<Finding> findings() {
        return Stream.concat(
                cut.finding(Words.of(
                        "%,d of the texts take more than the %,d tokens that are read, and will be cut: %,d tokens of %,d altogether, %,d of one text at most.",
                        cut.count(), room, tokensCut, tokens, mostCut)),
                unknown.finding(Words.of(
                        "%,d of the texts hold something that the model's tokenizer has no token for and reads as unknown: %,d tokens altogether.",
                        unknown.count(), tokensUnknown)));
    }
}
