package dev.taxon.training.lora;

import dev.taxon.core.checkpoint.ContentDigest;
import dev.taxon.training.data.Example;
import dev.taxon.training.policy.PolicyRow;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Knows rows by their content and order: SHA-256, of which no two sequences of rows have the same. Not thread-safe. */
final class RowsDigest {
    private final ContentDigest digest = new ContentDigest();

    /** Adds texts, candidates and true labels. */
    RowsDigest examples(List<Example> examples) {
        for (Example example : examples) {
            part(example.text());
            part(example.allLabels());
            part(example.trueLabels());
        }
        return this;
    }

    /** Adds texts, candidates, what is known of them and the answers that were given before. */
    RowsDigest rewarded(List<RewardedRow> rows) {
        for (RewardedRow rewarded : rows) {
            PolicyRow row = rewarded.row();
            part(rewarded.text());
            part(row.labels());
            part(row.judgement().getClass().getSimpleName());
            row.judgement().trueLabels().ifPresent(labels -> part(sorted(labels)));
            part(row.taken().isPresent() ? "taken" : "to be answered");
            row.taken().ifPresent(answer -> part(sorted(answer)));
        }
        return this;
    }

    String hexadecimal() {
        return digest.hexadecimal();
    }

    /** Sets have an order of their own in each process. */
    private static List<String> sorted(Collection<String> labels) {
        return labels.stream().sorted().toList();
    }

    private void part(List<String> labels) {
        part(String.join("\n", labels));
    }

    private void part(String text) {
        digest.part(text.getBytes(StandardCharsets.UTF_8));
    }
}
