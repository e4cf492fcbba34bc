package dev.taxon.training.baseline;

import dev.taxon.core.Mode;
import dev.taxon.training.data.Example;
import dev.taxon.training.evaluation.LabelPredictor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers with the label whose embedding points most nearly where the text's does. It always answers with exactly one,
 * as a cosine has no natural threshold. Label embeddings are kept for the labels used last. Not thread-safe.
 */
public final class CosineSimilarity implements LabelPredictor {
    /** The template fixed before any evaluation. */
    public static final String TEMPLATE = "This text is about {label}.";

    private static final String PLACE = "{label}";
    private static final int KEPT = 10_000;

    private final TextEmbedder embedder;
    private final String template;
    private final Map<String, float[]> labels = new LinkedHashMap<>(16, 0.75f, true);

    private CosineSimilarity(TextEmbedder embedder, String template) {
        this.embedder = embedder;
        this.template = template;
    }

    /** Embeds labels as they are. */
    public static CosineSimilarity bare(TextEmbedder embedder) {
        return new CosineSimilarity(embedder, PLACE);
    }

    /** Embeds labels put into a template that contains {@code {label}}. */
    public static CosineSimilarity templated(TextEmbedder embedder, String template) {
        if (!template.contains(PLACE)) {
            throw new IllegalArgumentException("A template contains {label}.");
        }
        return new CosineSimilarity(embedder, template);
    }

    @Override
    public List<List<String>> predict(List<Example> rows, Mode mode) {
        Set<String> needed = rows.stream()
                .flatMap(row -> row.allLabels().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        embedMissing(needed);
        float[][] texts = embedder.embed(rows.stream().map(Example::text).toList());
        List<List<String>> predicted = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            predicted.add(List.of(best(texts[i], rows.get(i).allLabels())));
        }
        forgetOldest();
        return predicted;
    }

    private void embedMissing(Set<String> needed) {
        List<String> missing =
                needed.stream().filter(label -> !labels.containsKey(label)).toList();
        if (missing.isEmpty()) {
            return;
        }
        float[][] vectors = embedder.embed(
                missing.stream().map(label -> template.replace(PLACE, label)).toList());
        for (int i = 0; i < vectors.length; i++) {
            labels.put(missing.get(i), vectors[i]);
        }
    }

    private String best(float[] text, List<String> candidates) {
        String best = candidates.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (String candidate : candidates) {
            double cosine = cosine(text, Objects.requireNonNull(labels.get(candidate)));
            if (cosine > highest) {
                highest = cosine;
                best = candidate;
            }
        }
        return best;
    }

    private void forgetOldest() {
        var oldest = labels.keySet().iterator();
        while (labels.size() > KEPT) {
            oldest.next();
            oldest.remove();
        }
    }

    private static double cosine(float[] left, float[] right) {
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.length; i++) {
            product += (double) left[i] * right[i];
            leftSquares += (double) left[i] * left[i];
            rightSquares += (double) right[i] * right[i];
        }
        double lengths = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
        return lengths == 0 ? 0 : product / lengths;
    }
}
