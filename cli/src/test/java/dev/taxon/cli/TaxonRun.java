package dev.taxon.cli;

import dev.taxon.cli.bench.BenchEngine;
import dev.taxon.cli.bench.CellTooLargeException;
import dev.taxon.cli.classify.FakeClassifier;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.Models;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** One run of the command in this process, on fakes unless it says otherwise. */
record TaxonRun(int status, String out, String err, FakeClassifier classifier) {
    private static final int FAKE_POSITIONS = 100;

    static TaxonRun of(String... arguments) {
        return withInput("", arguments);
    }

    static TaxonRun withInput(String input, String... arguments) {
        FakeClassifier classifier = new FakeClassifier();
        return run(options -> classifier, classifier, input, arguments);
    }

    /** One that opens models with the engine of this process; its classifier is a fake that nobody asked. */
    static TaxonRun ofRealModels(String... arguments) {
        return run(Models::open, new FakeClassifier(), "", arguments);
    }

    private static TaxonRun run(ModelOpener models, FakeClassifier classifier, String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Parts parts = new Parts(
                models, options -> new FakeBench(), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        int status = Taxon.commandLine(parts, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new TaxonRun(status, out.toString(), err.toString(), classifier);
    }

    private static final class FakeBench implements BenchEngine {
        @Override
        public Runnable forward(int labels, int length, int batch) {
            if (length > FAKE_POSITIONS) {
                throw new CellTooLargeException("the model reads " + FAKE_POSITIONS + " tokens");
            }
            return () -> {};
        }

        @Override
        public void close() {}
    }
}
