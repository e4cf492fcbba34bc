package dev.taxon.cli.classify;

import dev.taxon.cli.classify.Lines.Line;
import dev.taxon.cli.console.CommandFailure;
import dev.taxon.core.Classification;
import dev.taxon.core.Classifier;
import dev.taxon.core.InputException;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.batch.BatchPlanner;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.sdk.wire.ClassifyInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams lines of inputs into lines of results, in order, a group of lines in memory at a time. Lines before a bad one
 * are answered before it is reported.
 */
final class LineClassifier {
    /** Enough for batches of like lengths that use up their budget of tokens. */
    private static final int GROUP = 512;

    private final Classifier classifier;
    private final BatchPlanner planner;
    private final CoreInputs inputs;
    private final ResultWriter results;
    private final InputReader reader = new InputReader();

    LineClassifier(Classifier classifier, BatchPlanner planner, CoreInputs inputs, ResultWriter results) {
        this.classifier = classifier;
        this.planner = planner;
        this.inputs = inputs;
        this.results = results;
    }

    void run(Lines lines, Appendable out) throws IOException {
        List<Row> group = new ArrayList<>();
        Line line = lines.next();
        while (line != null) {
            CommandFailure bad = add(line, group);
            if (bad != null) {
                answer(group, out);
                throw bad;
            }
            // A writer that pauses has its answers at once; one that does not gets large batches.
            if (group.size() == GROUP || !lines.ready()) {
                answer(group, out);
                group.clear();
            }
            line = lines.next();
        }
        answer(group, out);
    }

    private @Nullable CommandFailure add(Line line, List<Row> group) {
        try {
            ClassifyInput asked = reader.read(line);
            group.add(new Row(asked, classifier.encode(inputs.from(asked))));
            return null;
        } catch (InputException unusable) {
            return line.failure(String.valueOf(unusable.getMessage()));
        } catch (CommandFailure unreadable) {
            return unreadable;
        }
    }

    private void answer(List<Row> group, Appendable out) throws IOException {
        Classification[] answers = new Classification[group.size()];
        int[] lengths =
                group.stream().mapToInt(row -> row.encoded().positions()).toArray();
        List<String> adapters =
                group.stream().map(row -> row.encoded().adapterDigest()).toList();
        for (int[] batch : planner.plan(lengths, AdapterRuns.of(adapters))) {
            List<EncodedInput> rows = Arrays.stream(batch)
                    .mapToObj(index -> group.get(index).encoded())
                    .toList();
            List<Classification> scored = classifier.score(rows);
            for (int position = 0; position < batch.length; position++) {
                answers[batch[position]] = scored.get(position);
            }
        }
        for (int index = 0; index < answers.length; index++) {
            out.append(results.line(group.get(index), answers[index])).append('\n');
        }
        if (out instanceof java.io.Flushable flushable) {
            flushable.flush();
        }
    }
}
