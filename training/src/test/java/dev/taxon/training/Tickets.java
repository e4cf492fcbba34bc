package dev.taxon.training;

import dev.taxon.training.data.Example;
import java.util.ArrayList;
import java.util.List;

/** Short messages of three kinds, which words tell apart. */
public final class Tickets {
    public static final List<String> LABELS = List.of("billing", "delivery", "account");
    private static final List<List<String>> WORDS = List.of(
            List.of("charged", "invoice", "refund", "price", "paid"),
            List.of("parcel", "courier", "late", "shipment", "address"),
            List.of("password", "login", "email", "locked", "profile"));

    private Tickets() {}

    /** So many messages of each kind, in turn. */
    public static List<Example> of(int each) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (int label = 0; label < LABELS.size(); label++) {
                examples.add(new Example(text(label, i), LABELS, List.of(LABELS.get(label))));
            }
        }
        return examples;
    }

    /** The same with a second label each. */
    public static List<Example> withTwoLabels(int each) {
        return of(each).stream()
                .map(example -> {
                    int first = LABELS.indexOf(example.trueLabels().get(0));
                    String second = LABELS.get((first + 1) % LABELS.size());
                    String text = example.text() + " " + text((first + 1) % LABELS.size(), 1);
                    return new Example(text, LABELS, List.of(LABELS.get(first), second));
                })
                .toList();
    }

    private static String text(int label, int number) {
        List<String> words = WORDS.get(label);
        return "my " + words.get(number % words.size()) + " and "
                + words.get((number / words.size() + number + 1) % words.size()) + " number " + number;
    }
}
