package dev.taxon.core;

import ai.djl.Device;
import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.AdapterFolder;
import dev.taxon.core.adapter.AdapterReference;
import dev.taxon.core.adapter.HeadWeights;
import dev.taxon.core.batch.AdapterRuns;
import dev.taxon.core.batch.BatchPlanner;
import dev.taxon.core.batch.TokenBudgetPlanner;
import dev.taxon.core.checkpoint.Checkpoint;
import dev.taxon.core.model.AdapterCache;
import dev.taxon.core.model.PinnedAdapters;
import dev.taxon.core.model.ResidentAdapter;
import dev.taxon.core.model.Row;
import dev.taxon.core.model.ScoringModel;
import dev.taxon.core.model.ScoringModels;
import dev.taxon.core.prompt.EncodedInput;
import dev.taxon.core.prompt.PromptEncoder;
import dev.taxon.core.prompt.Tokenizer;
import dev.taxon.core.torch.DeviceLanes;
import dev.taxon.core.torch.Precision;
import dev.taxon.core.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A classifier in this process. */
final class LocalClassifier implements Classifier {
    /** A second's work of two cores where the model is a large one; a few percent slower than as many as fit. */
    private static final int CPU_TOKENS_A_PIECE = 2048;

    private final String name;
    private final Precision precision;
    private final Tokenizer tokenizer;
    private final PromptEncoder prompts;
    private final BatchPlanner planner;
    private final int pieceTokens;
    private final BatchPlanner pieces;
    private final DeviceLanes device;
    private final ScoringModel model;
    private final LanePasses passes;
    private final AdapterFolder adapterFolder;
    private final AdapterCache adapters;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalClassifier(
            String name,
            Precision precision,
            Tokenizer tokenizer,
            PromptEncoder prompts,
            BatchPlanner planner,
            int pieceTokens,
            BatchPlanner pieces,
            DeviceLanes device,
            ScoringModel model,
            AdapterFolder adapterFolder,
            AdapterCache adapters) {
        this.name = name;
        this.precision = precision;
        this.tokenizer = tokenizer;
        this.prompts = prompts;
        this.planner = planner;
        this.pieceTokens = pieceTokens;
        this.pieces = pieces;
        this.device = device;
        this.model = model;
        this.passes = new LanePasses(planner, device, model);
        this.adapterFolder = adapterFolder;
        this.adapters = adapters;
    }

    static LocalClassifier load(Checkpoint checkpoint, EngineOptions options) {
        Torch.initialize();
        // Before anything that has to be closed.
        Device place = options.device().resolve();
        Tokenizer tokenizer = Tokenizer.of(checkpoint.tokenizerJson().get());
        DeviceLanes device = new DeviceLanes(place);
        DigestAside digest = DigestAside.begin(checkpoint);
        try {
            // Before the weights, as it refuses a tokenizer that is another model's.
            PromptEncoder prompts = PromptEncoder.of(checkpoint.config(), tokenizer);
            Precision precision = options.precision()
                    .orElseGet(() -> Machines.known(place, device).chosen());
            requireFits(precision, place);
            ScoringModel model =
                    device.call(() -> ScoringModels.load(checkpoint, precision, place, options.labelBytes()));
            return new LocalClassifier(
                    checkpoint.config().name(),
                    precision,
                    tokenizer,
                    prompts,
                    new TokenBudgetPlanner(options.tokenBudget(), options.rowLimit()),
                    tokensOfPieces(options, place),
                    new TokenBudgetPlanner(tokensOfPieces(options, place), options.rowLimit()),
                    device,
                    model,
                    adapterFolder(checkpoint, digest, model),
                    adapterCache(options, model));
        } catch (RuntimeException | Error failure) {
            digest.awaitEnd();
            device.close();
            tokenizer.close();
            throw failure;
        }
    }

    /** A GPU is done with as many as it is given before anybody would look at a clock. */
    private static int tokensOfPieces(EngineOptions options, Device place) {
        return place.isGpu() ? options.tokenBudget() : Math.min(options.tokenBudget(), CPU_TOKENS_A_PIECE);
    }

    /** The last that may fail, which then takes the model with it. */
    private static AdapterFolder adapterFolder(Checkpoint checkpoint, DigestAside digest, ScoringModel model) {
        try {
            return new AdapterFolder(checkpoint.config(), HeadWeights.of(checkpoint), digest.await());
        } catch (RuntimeException | Error failure) {
            model.close();
            throw failure;
        }
    }

    private static AdapterCache adapterCache(EngineOptions options, ScoringModel model) {
        return new AdapterCache(
                options.adapterBytes(), reference -> ownThread(() -> model.prepareAdapter(reference.read())));
    }

    private static void requireFits(Precision precision, Device place) {
        if (precision == Precision.INT8 && place.isGpu()) {
            throw new DeviceException("int8 runs on CPUs only; take fp16 or bf16 on a GPU.");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> digest() {
        return Optional.of(adapterFolder.base());
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public int lanes() {
        return device.count();
    }

    @Override
    public CacheStatistics adapterStatistics() {
        return adapters.statistics();
    }

    @Override
    public CacheStatistics labelStatistics() {
        return model.labelStates();
    }

    /** Copies an adapter on the caller's thread, which gets no team of threads for it. */
    private static ResidentAdapter ownThread(Supplier<ResidentAdapter> copy) {
        Torch.prepareThread(1);
        return copy.get();
    }

    @Override
    public Adapter readAdapter(Path folder) {
        return adapterFolder.read(folder);
    }

    @Override
    public EncodedInput encode(ClassificationInput input) {
        EncodedInput encoded = prompts.encode(input);
        AdapterReference adapter = input.adapter();
        if (adapter != null) {
            // So that the batch it is put in does not wait for it.
            adapters.pin(adapter).close();
        }
        return encoded;
    }

    @Override
    public List<Classification> score(List<EncodedInput> batch) {
        List<AdapterReference> references = batch.stream()
                .flatMap(input -> Stream.ofNullable(input.input().adapter()))
                .toList();
        try (PinnedAdapters pinned = new PinnedAdapters(references, adapters)) {
            List<Row> rows = batch.stream()
                    .flatMap(input -> input.rows().stream()
                            .map(row -> new Row(row, pinned.of(input.input().adapter()))))
                    .toList();
            return Decoder.decode(batch, MergedLogits.of(batch, passes.logits(rows)));
        }
    }

    @Override
    public List<Classification> classify(List<ClassificationInput> inputs) {
        return classify(inputs, planner, Integer.MAX_VALUE, () -> {});
    }

    @Override
    public List<Classification> classify(List<ClassificationInput> inputs, Runnable pause) {
        return classify(inputs, pieces, pieceTokens, pause);
    }

    private List<Classification> classify(
            List<ClassificationInput> inputs, BatchPlanner planned, int mostPositions, Runnable pause) {
        List<WindowPieces> texts = new ArrayList<>(inputs.size());
        for (ClassificationInput input : inputs) {
            pause.run();
            texts.add(WindowPieces.within(encode(input), mostPositions));
        }
        List<EncodedInput> rows =
                texts.stream().flatMap(text -> text.pieces().stream()).toList();
        Classification[] answers = new Classification[rows.size()];
        AdapterRuns runs =
                AdapterRuns.of(rows.stream().map(EncodedInput::adapterDigest).toList());
        for (int[] batch : planned.plan(positions(rows), runs)) {
            pause.run();
            List<Classification> scored =
                    score(Arrays.stream(batch).mapToObj(rows::get).toList());
            for (int i = 0; i < batch.length; i++) {
                answers[batch[i]] = scored.get(i);
            }
        }
        return WindowPieces.joined(texts, List.of(answers));
    }

    private static int[] positions(List<EncodedInput> rows) {
        return rows.stream().mapToInt(EncodedInput::positions).toArray();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        device.close();
        // Waits for adapters that callers are copying to the device, which reads the model.
        adapters.close();
        model.close();
        tokenizer.close();
    }
}
