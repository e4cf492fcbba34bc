package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.training.adapter.SupervisedJob;
import dev.taxon.training.data.LabelledSet;
import dev.taxon.training.supervised.SupervisedSettings;
import dev.taxon.training.supervised.SupervisedTask;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An adapter from examples. */
@Command(
        name = "lora",
        sortOptions = false,
        description = {
            "Train an adapter from labelled examples: a handful a label, or a hundred thousand rows.",
            "Every setting has a default that follows from the size of the data. Ctrl-C writes a checkpoint and stops;"
                    + " the same command with --resume goes on to the same result."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon train lora --data tickets.csv --out adapters/support",
            "  taxon train lora --data tickets.jsonl --out adapters/support --from adapters/older/adapter --seed 7",
            "  taxon train lora --data new.jsonl --out adapters/newer --from adapters/support --rehearse tickets.jsonl",
            "  taxon train lora --data tickets.jsonl --out adapters/support --resume --json"
        })
final class TrainLoraCommand extends AdapterCommand {
    @Mixin
    RehearsalOptions rehearsed = new RehearsalOptions();

    @ArgGroup(validate = false, heading = "%nHow it learns (defaults follow from the data's size):%n")
    LoraOptions options = new LoraOptions();

    @Override
    void check() {
        if (base.from != null && options.choosesSize()) {
            throw new WrongUse("--from brings its own layers and ranks; leave --rank, --alpha and --targets out");
        }
    }

    @Override
    SupervisedJob job(Basis basis) {
        SupervisedTask task = task(basis);
        List<LabelledSet> older = rehearsed.sets(examples);
        SupervisedTask whole = task.withRehearsal(rehearsed.rehearsal(older, base.from != null));
        warnOfLabelsThatAreRehearsedOnly(whole);
        Map<String, String> facts = new LinkedHashMap<>(basis.facts());
        older.forEach(set -> facts.put("rehearsed " + set.name(), set.digest()));
        SupervisedSettings settings = options.settings(task.examples().size(), task.labelCount(), task.mode());
        return new SupervisedJob(
                whole, settings, basis.maxLength(), basis.start().get(), facts);
    }

    private SupervisedTask task(Basis basis) {
        SupervisedTask task = SupervisedTask.of(basis.rows(), basis.mode()).withLearnedBefore(basis.before());
        if (task.labels().isEmpty()) {
            err().println("warning: rows offer different sets of labels, so that the adapter has none of its own;"
                    + " --labels gives it one.");
        }
        return task;
    }

    private void warnOfLabelsThatAreRehearsedOnly(SupervisedTask task) {
        Set<String> rehearsedOnly = new LinkedHashSet<>();
        task.rehearsal().rows().forEach(row -> rehearsedOnly.addAll(row.allLabels()));
        rehearsedOnly.removeAll(task.labels());
        if (!task.labels().isEmpty() && !rehearsedOnly.isEmpty()) {
            err().printf(
                            "warning: rehearsed rows have labels that the rows to learn do not offer (%d, as %s), and the adapter"
                                    + " will not offer them; --labels with all of them has it do so.%n",
                            rehearsedOnly.size(), rehearsedOnly.iterator().next());
        }
    }

    @Override
    String before() {
        return "the base";
    }
}
