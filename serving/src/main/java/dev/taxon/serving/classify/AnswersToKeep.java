package dev.taxon.serving.classify;

import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.Prediction;
import dev.taxon.serving.capture.CapturedAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be kept of an answer; results that failed have none. */
final class AnswersToKeep {
    private AnswersToKeep() {}

    static List<CapturedAnswer> of(List<Task> tasks, ClassifyResponse response) {
        List<CapturedAnswer> answers = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            ClassifyResult result = response.results().get(i);
            if (result.error() == null) {
                answers.add(answer(response.requestId(), i, tasks.get(i), result));
            }
        }
        return answers;
    }

    private static CapturedAnswer answer(String requestId, int index, Task task, ClassifyResult result) {
        String adapter = result.adapter();
        return new CapturedAnswer(
                requestId,
                index,
                task.text(),
                task.options().labels().names(),
                result.predictions().stream().map(Prediction::label).toList(),
                adapter == null ? null : adapter.substring(0, adapter.lastIndexOf('@')),
                version(adapter));
    }

    private static @Nullable Integer version(@Nullable String adapter) {
        return adapter == null ? null : Integer.valueOf(adapter.substring(adapter.lastIndexOf('@') + 1));
    }
}
