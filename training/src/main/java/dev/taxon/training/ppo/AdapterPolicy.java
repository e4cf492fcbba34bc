package dev.taxon.training.ppo;

import dev.taxon.core.Mode;
import dev.taxon.core.prompt.EncodedRow;
import dev.taxon.training.policy.Improvement;
import dev.taxon.training.policy.PolicyModel;
import dev.taxon.training.policy.PolicySettings;
import dev.taxon.training.policy.RowAction;
import dev.taxon.training.policy.RowAction.Sampled;
import dev.taxon.training.policy.RowAction.Taken;
import dev.taxon.training.step.PolicyTrainer;
import java.util.ArrayList;
import java.util.List;

/** The policy that an adapter's scores are. */
record AdapterPolicy(PolicyTrainer trainer, Mode mode, boolean valueHead) implements PolicyModel<List<EncodedRow>> {
    private static final double MAX_GRADIENT_NORM = 1;

    @Override
    public Acted act(List<EncodedRow> batch, List<RowAction> actions) {
        List<PolicyTrainer.Row> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            rows.add(row(batch.get(row), actions.get(row)));
        }
        PolicyTrainer.Acted acted = trainer.act(rows);
        return new Acted(acted.chosen(), valueHead ? acted.values() : new double[0]);
    }

    private PolicyTrainer.Row row(EncodedRow encoded, RowAction action) {
        boolean single = mode == Mode.SINGLE_LABEL;
        return action instanceof Sampled sampled
                ? new PolicyTrainer.Row(encoded, single, sampled.uniform(), false)
                : new PolicyTrainer.Row(encoded, single, ((Taken) action).chosen(), true);
    }

    @Override
    public Improvement improve(double[] advantages, double[] rewards, PolicySettings settings, int update) {
        PolicyTrainer.Seen seen = trainer.improve(
                advantages,
                rewards,
                new PolicyTrainer.Settings(
                        update,
                        settings.rates().encoder(),
                        settings.rates().heads(),
                        MAX_GRADIENT_NORM,
                        settings.rates().value(),
                        settings.clip(),
                        settings.terms().entropy(),
                        settings.terms().divergence()));
        return new Improvement(
                seen.loss(),
                seen.gradientNorm(),
                seen.entropy(),
                seen.divergence(),
                seen.clipFraction(),
                valueHead ? seen.valueLoss() : 0);
    }
}
