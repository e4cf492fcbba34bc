package dev.taxon.training.learning;

import java.util.List;

/**
 * A row to be encoded.
 *
 * @param place where it stands, for messages
 */
public record PlacedRow(String place, String text, List<String> labels) {

    /** Where it stands only: the text is a customer's word. */
    @Override
    public String toString() {
        return "PlacedRow[" + place + "]";
    }
}
