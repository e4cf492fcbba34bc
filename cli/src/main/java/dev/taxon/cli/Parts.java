package dev.taxon.cli;

import dev.taxon.cli.bench.BenchEngines;
import dev.taxon.cli.bench.ClassifierBench;
import dev.taxon.cli.model.ModelOpener;
import dev.taxon.cli.model.Models;
import java.io.InputStream;

/** What commands are built from, and tests put their own in place of. */
record Parts(ModelOpener models, BenchEngines benches, InputStream standardInput) {
    static Parts real() {
        return new Parts(Models::open, ClassifierBench::open, System.in);
    }
}
