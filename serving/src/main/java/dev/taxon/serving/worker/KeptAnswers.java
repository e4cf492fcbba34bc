package dev.taxon.serving.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taxon.training.data.Example;
import dev.taxon.training.evaluation.Judged;
import dev.taxon.training.report.Answer;
import dev.taxon.training.report.ScoreSource;
import dev.taxon.training.report.TrainingReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How a training answered the rows that it did not learn from, without a word of them: {@code {"rows": 32, "answers": [[1,
 * 0], ...]}} is the count of all rows, and of each that was answered its number from 1 and those of its labels from 0.
 *
 * @param rows of the data that it learned from
 * @param byRow labels by the number of the row
 */
record KeptAnswers(int rows, Map<Long, List<Integer>> byRow) {

    KeptAnswers {
        // In the order of the rows, so that the same answers are the same bytes.
        byRow = Collections.unmodifiableMap(new TreeMap<>(byRow));
    }

    /** Those of a training; empty where it was judged by rows that it learned from, or not at all. */
    static Optional<KeptAnswers> of(Optional<TrainingReport> report, List<Example> rows) {
        return report.filter(found -> !(found.source() instanceof ScoreSource.Learned))
                .map(TrainingReport::answers)
                .map(answers -> of(answers, rows));
    }

    private static KeptAnswers of(List<Answer> answers, List<Example> rows) {
        Map<Long, List<Integer>> byRow = new HashMap<>();
        for (Answer answer : answers) {
            List<String> offered = row(rows, answer.row()).allLabels();
            byRow.put(
                    answer.row(), answer.labels().stream().map(offered::indexOf).toList());
        }
        return new KeptAnswers(rows.size(), byRow);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("rows", rows);
        ArrayNode answers = json.putArray("answers");
        byRow.forEach((row, labels) -> {
            ArrayNode answer = answers.addArray().add(row);
            labels.forEach(answer::add);
        });
        return json;
    }

    static KeptAnswers read(JsonNode json) {
        Map<Long, List<Integer>> byRow = new HashMap<>();
        for (JsonNode answer : json.path("answers")) {
            List<Integer> labels = new ArrayList<>();
            for (int i = 1; i < answer.size(); i++) {
                labels.add(answer.get(i).intValue());
            }
            byRow.put(answer.get(0).longValue(), labels);
        }
        return new KeptAnswers(json.path("rows").intValue(), byRow);
    }

    /** Those to other rows than these. */
    KeptAnswers without(List<Example> data, Predicate<Example> these) {
        Map<Long, List<Integer>> left = new TreeMap<>(byRow);
        left.keySet().removeIf(number -> these.test(row(data, number)));
        return new KeptAnswers(rows, left);
    }

    /** Those to rows that others answer, too, beside the truth. */
    List<Judged> judged(List<Example> data, KeptAnswers others) {
        List<Judged> judged = new ArrayList<>();
        byRow.forEach((number, labels) -> {
            if (others.byRow.containsKey(number)) {
                Example example = row(data, number);
                judged.add(Judged.of(
                        example, labels.stream().map(example.allLabels()::get).toList()));
            }
        });
        return judged;
    }

    private static Example row(List<Example> rows, long number) {
        return rows.get(Math.toIntExact(number - 1));
    }
}
