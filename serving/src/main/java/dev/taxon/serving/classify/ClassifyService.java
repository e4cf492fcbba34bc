package dev.taxon.serving.classify;

import dev.taxon.core.Classification;
import dev.taxon.core.InputException;
import dev.taxon.sdk.wire.ClassifyRequest;
import dev.taxon.sdk.wire.ClassifyResponse;
import dev.taxon.sdk.wire.ClassifyResult;
import dev.taxon.sdk.wire.Usage;
import dev.taxon.serving.batching.BatcherSettings;
import dev.taxon.serving.batching.Deadline;
import dev.taxon.serving.batching.Ticker;
import dev.taxon.serving.config.LimitSettings;
import dev.taxon.serving.deployment.AdapterAdmission;
import dev.taxon.serving.http.Call;
import dev.taxon.serving.metrics.RequestMetrics;
import dev.taxon.serving.model.Base;
import dev.taxon.serving.model.Bases;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Classifies requests: read, tokenise, batch with others, write. */
@Singleton
final class ClassifyService {
    /** Beyond the processors, so that a short request need not wait for the end of a long one. */
    private static final int TOKENISERS_A_PROCESSOR = 2;

    private final RequestReader reader;
    private final Tokenisers tokenisers;
    private final ScoreRoom scoreRoom;
    private final Bases bases;
    private final AdapterAdmission admission;
    private final ShadowTraffic shadows;
    private final RequestMetrics metrics;
    private final Ticker ticker;

    ClassifyService(
            LimitSettings limits,
            BatcherSettings batching,
            Ticker ticker,
            Bases bases,
            AdapterAdmission admission,
            ShadowTraffic shadows,
            RequestMetrics metrics) {
        Runtime machine = Runtime.getRuntime();
        this.reader = new RequestReader(limits);
        this.tokenisers = new Tokenisers(
                TOKENISERS_A_PROCESSOR * machine.availableProcessors(),
                batching.waits().longest(),
                ticker);
        this.scoreRoom = new ScoreRoom(limits.scores().orElseGet(() -> ScoreRoom.forHeap(machine.maxMemory())));
        this.bases = bases;
        this.admission = admission;
        this.shadows = shadows;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /**
     * Reads and tokenises on this thread, then queues. Cancelling the answer withdraws what has not been scored.
     *
     * @param metering told how many texts a valid request has before any work is done for them; may refuse
     * @throws dev.taxon.serving.http.ProblemException for a request that is not valid
     * @throws dev.taxon.serving.batching.OverloadedException when it would wait too long
     */
    Pending classify(ClassifyRequest request, Call call, Caller caller, IntConsumer metering) {
        RequestAdapters adapters = new RequestAdapters(admission, caller);
        try {
            bases.refuseWhenFull(RequestReader.count(request), caller.share(), call.deadline());
            List<Task> tasks = reader.read(request, adapters);
            metering.accept(tasks.size());
            return held(new Work(tasks, adapters, call, caller));
        } catch (RuntimeException | Error refused) {
            adapters.close();
            throw refused;
        }
    }

    /** A request that was read. */
    private record Work(List<Task> tasks, RequestAdapters adapters, Call call, Caller caller) {}

    private Pending held(Work work) {
        long before = ticker.nanos();
        int held = scoreRoom.take(scores(work.tasks()));
        try {
            Pending pending = tokenisers.run(work.call().deadline(), () -> queue(work));
            pending.response().whenComplete((response, failure) -> {
                scoreRoom.giveBack(held);
                if (response != null) {
                    metrics.answered(
                            work.caller().share().tenant(), work.tasks().size(), ticker.nanos() - before);
                }
            });
            return pending;
        } catch (RuntimeException | Error refused) {
            scoreRoom.giveBack(held);
            throw refused;
        }
    }

    private static long scores(List<Task> tasks) {
        return tasks.stream().mapToLong(task -> task.options().labels().size()).sum();
    }

    private Pending queue(Work work) {
        Deadline deadline = work.call().deadline();
        // The queue may have filled up while this request waited for its turn, and now it is known which queues those
        // are.
        used(work.tasks())
                .forEach(base -> base.batcher()
                        .refuseWhenFull(work.tasks().size(), work.caller().share(), deadline));
        long before = ticker.nanos();
        BoundRows rows = new BoundRows(work.tasks().stream().map(this::encode).toList());
        metrics.tokenised(ticker.nanos() - before);
        CompletableFuture<List<Classification>> rowsScored =
                rows.submit(work.caller().share(), deadline);
        return new Pending(
                rowsScored, rowsScored.thenApply(scored -> respond(work, scored)), work.tasks(), work.adapters());
    }

    /**
     * A request whose rows wait for the device. Closing it says that its answer was sent or will not be.
     *
     * @param rows completing it from outside withdraws the rows
     * @param response what to answer once they are scored
     * @param tasks the request as it was read
     */
    record Pending(
            CompletableFuture<List<Classification>> rows,
            CompletableFuture<ClassifyResponse> response,
            List<Task> tasks,
            RequestAdapters adapters)
            implements AutoCloseable {
        @Override
        public void close() {
            adapters.close();
        }
    }

    private Set<Base> used(List<Task> tasks) {
        return tasks.stream().map(task -> task.base(bases)).collect(Collectors.toSet());
    }

    private BoundRow encode(Task task) {
        Base base = task.base(bases);
        try {
            return new BoundRow(base, base.classifier().encode(task.input()));
        } catch (InputException refused) {
            throw task.refused(refused);
        }
    }

    private ClassifyResponse respond(Work work, List<Classification> classifications) {
        if (!work.adapters().mayAnswer()) {
            throw AdapterAdmission.catchingUp();
        }
        List<Task> tasks = work.tasks();
        List<ClassifyResult> results = IntStream.range(0, tasks.size())
                .mapToObj(i -> ResultWriter.write(tasks.get(i), classifications.get(i)))
                .toList();
        shadows.follow(work.caller().share(), tasks, classifications);
        long tokens = results.stream().mapToLong(ClassifyResult::tokens).sum();
        return new ClassifyResponse(
                work.call().requestId(), name(used(tasks)), results, new Usage(results.size(), tokens));
    }

    /** The model that answered; the current one where there were several. */
    private String name(Set<Base> used) {
        return (used.size() == 1 ? used.iterator().next() : bases.current()).name();
    }
}
