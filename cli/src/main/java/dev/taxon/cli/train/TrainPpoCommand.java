package dev.taxon.cli.train;

import dev.taxon.cli.console.WrongUse;
import dev.taxon.training.adapter.RewardedJob;
import dev.taxon.training.ppo.RewardedSettings;
import dev.taxon.training.ppo.RewardedTask;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An adapter from rewards. */
@Command(
        name = "ppo",
        sortOptions = false,
        description = {
            "Train an adapter from rewards (PPO): the model answers, is told what each answer is worth, and learns.",
            "Best begun --from an adapter of train lora. It stops by itself when it runs away from its start. Ctrl-C"
                    + " writes a checkpoint and stops; the same command with --resume goes on to the same result."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  taxon train ppo --data tickets.jsonl --out adapters/tuned --from adapters/support/adapter",
            "  taxon train ppo --data tickets.jsonl --out adapters/tuned --reward f1=1,recall=0.5 --kl 0.2",
            "  taxon train ppo --data tickets.jsonl --feedback judged.jsonl --out adapters/tuned",
            "  taxon train ppo --data spam.csv --cost costs.csv --out adapters/careful --resume --json"
        })
final class TrainPpoCommand extends AdapterCommand {
    @Mixin
    RewardOptions rewards = new RewardOptions();

    @ArgGroup(validate = false, heading = "%nHow it learns:%n")
    PpoOptions options = new PpoOptions();

    @Override
    void check() {
        if (base.from != null && options.rank != null) {
            throw new WrongUse("--from brings its own layers and ranks; leave --rank out");
        }
        if (rewards.feedback != null && options.heldOut != null) {
            throw new WrongUse("with --feedback all of --data judges; leave --held-out out");
        }
    }

    @Override
    RewardedJob job(Basis basis) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>(basis.facts());
        facts.putAll(rewards.facts());
        RewardedTask task = rewards.task(basis, options.heldOut, options.seed);
        RewardedSettings settings =
                options.settings(rewards.rewards(), task.rows().size());
        return new RewardedJob(task, settings, basis.maxLength(), basis.start().get(), facts);
    }

    @Override
    String before() {
        return "the start";
    }
}
