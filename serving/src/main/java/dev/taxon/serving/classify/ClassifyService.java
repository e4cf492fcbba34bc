package dev.taxon.serving.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.Classifier;
import dev.taxon.core.InputException;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.Usage;
import dev.taxon.serving.batching.BatcherSettings;
import dev.taxon.serving.batching.DynamicBatcher;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.http.Call;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Classifies requests: read, tokenise, batch with others, write. */
@Singleton
final class ClassifyService {
    /** Beyond the processors, so that a short request need not wait for the end of a long one. */
    private static final int TOKENISERS_A_PROCESSOR = 2;

    private final RequestReader reader;
    private final Tokenisers tokenisers;
    private final ScoreRoom scoreRoom;
    private final Classifier classifier;
    private final DynamicBatcher batcher;

    ClassifyService(
            LimitSettings limits,
            BatcherSettings batching,
            Ticker ticker,
            Classifier classifier,
            DynamicBatcher batcher) {
        Runtime machine = Runtime.getRuntime();
        this.reader = new RequestReader(limits);
        this.tokenisers =
                new Tokenisers(TOKENISERS_A_PROCESSOR * machine.availableProcessors(), batching.longestWait(), ticker);
        this.scoreRoom = new ScoreRoom(limits.scores().orElseGet(() -> ScoreRoom.forHeap(machine.maxMemory())));
        this.classifier = classifier;
        this.batcher = batcher;
    }

    /**
     * Reads and tokenises on this thread, then queues. Cancelling the answer withdraws what has not been scored.
     *
     * @param admission told how many texts a valid request has before any work is done for them; may refuse
     * @throws dev.taxon.serving.http.ProblemException for a request that is not valid
     * @throws dev.taxon.serving.batching.OverloadedException when it would wait too long
     */
    Pending classify(ClassifyRequest request, Call call, IntConsumer admission) {
        List<Task> tasks = reader.read(request);
        batcher.refuseWhenFull(call.deadline());
        admission.accept(tasks.size());
        int held = scoreRoom.take(scores(tasks));
        try {
            Pending pending = tokenisers.run(call.deadline(), () -> queue(tasks, call));
            pending.response().whenComplete((response, failure) -> scoreRoom.giveBack(held));
            return pending;
        } catch (RuntimeException | Error refused) {
            scoreRoom.giveBack(held);
            throw refused;
        }
    }

    private static long scores(List<Task> tasks) {
        return tasks.stream().mapToLong(task -> task.options().labels().size()).sum();
    }

    private Pending queue(List<Task> tasks, Call call) {
        // The queue may have filled up while this request waited for its turn.
        batcher.refuseWhenFull(call.deadline());
        List<EncodedInput> rows = tasks.stream().map(this::encode).toList();
        CompletableFuture<List<Classification>> rowsScored = batcher.submit(rows, call.deadline());
        return new Pending(rowsScored, rowsScored.thenApply(scored -> respond(tasks, scored, call)), tasks);
    }

    /**
     * A request whose rows wait for the device.
     *
     * @param rows completing it from outside withdraws the rows
     * @param response what to answer once they are scored
     * @param tasks the request as it was read
     */
    record Pending(
            CompletableFuture<List<Classification>> rows,
            CompletableFuture<ClassifyResponse> response,
            List<Task> tasks) {}

    private EncodedInput encode(Task task) {
        try {
            return classifier.encode(task.input());
        } catch (InputException refused) {
            throw task.refused(refused);
        }
    }

    private ClassifyResponse respond(List<Task> tasks, List<Classification> classifications, Call call) {
        List<ClassifyResult> results = IntStream.range(0, tasks.size())
                .mapToObj(i -> ResultWriter.write(tasks.get(i), classifications.get(i)))
                .toList();
        long tokens = results.stream().mapToLong(ClassifyResult::tokens).sum();
        return new ClassifyResponse(call.requestId(), classifier.name(), results, new Usage(results.size(), tokens));
    }
}
