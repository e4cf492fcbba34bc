package dev.taxon.training.sampling;

import dev.taxon.core.prompt.TokenIds;
import dev.taxon.training.data.Example;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.step.TrainingBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers rows into one batch in which each distinct label stands once. */
final class BatchBuilder {
    private final RowTokens tokens;
    private final LabelDraw draw;
    private final String template;
    private final List<TrainingBatch.Row> rows = new ArrayList<>();
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    BatchBuilder(RowTokens tokens, LabelDraw draw) {
        this.tokens = tokens;
        this.draw = draw;
        this.template = draw.template();
    }

    /** Adds rows of one set. */
    void add(LabelledSet set, List<Example> examples) {
        List<String> shared = examples.get(0).allLabels();
        boolean pooled =
                examples.stream().allMatch(example -> example.allLabels().equals(shared));
        List<String> pool = pooled ? draw.pool(examples) : List.of();
        for (Example example : examples) {
            rows.add(row(set, example, draw.labels(example, pooled ? pool : example.allLabels())));
        }
    }

    private TrainingBatch.Row row(LabelledSet set, Example example, List<String> labels) {
        boolean templated = draw.takesTemplate();
        Set<String> truths = Set.copyOf(example.trueLabels());
        int[] indices = new int[labels.size()];
        float[] targets = new float[labels.size()];
        for (int i = 0; i < indices.length; i++) {
            String label = labels.get(i);
            indices[i] = position(templated ? template.replace(SamplingSettings.LabelChoice.PLACE, label) : label);
            targets[i] = truths.contains(label) ? 1 : 0;
        }
        boolean singleLabel = set.singleLabel() && example.trueLabels().size() == 1;
        return new TrainingBatch.Row(tokens.text(example.text()), indices, targets, singleLabel);
    }

    private int position(String label) {
        return positions.computeIfAbsent(label, added -> positions.size());
    }

    TrainingBatch build() {
        List<TokenIds> labels = positions.keySet().stream().map(tokens::label).toList();
        return new TrainingBatch(rows, labels);
    }
}
