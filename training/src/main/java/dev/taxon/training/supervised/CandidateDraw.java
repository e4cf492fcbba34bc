package dev.taxon.training.supervised;

import dev.taxon.training.data.Example;
import dev.taxon.training.sampling.Randomness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Draws the labels that a row sees: its true ones, of the others first those that the base takes for true most, then some
 * drawn from the rest, in random order.
 *
 * @param base the base's logits of each example's labels
 */
record CandidateDraw(SupervisedSettings.Candidates settings, List<float[]> base) {

    /** The labels of an example, by its number, at one of the times it is seen. */
    List<String> labels(int number, Example example, Randomness random) {
        List<String> drawn = new ArrayList<>(chosen(number, example, random));
        random.shuffle(drawn);
        return drawn;
    }

    private Set<String> chosen(int number, Example example, Randomness random) {
        if (example.allLabels().size() <= settings.most()) {
            return new LinkedHashSet<>(example.allLabels());
        }
        Set<String> chosen = new LinkedHashSet<>(example.trueLabels());
        List<String> others = hardestFirst(number, example);
        others.removeAll(chosen);
        int room = Math.max(1, settings.most() - chosen.size());
        int hard = (int) Math.round(room * settings.hardShare());
        chosen.addAll(others.subList(0, Math.min(hard, others.size())));
        List<String> rest = new ArrayList<>(others.subList(Math.min(hard, others.size()), others.size()));
        random.shuffle(rest);
        chosen.addAll(rest.subList(0, Math.min(room - hard, rest.size())));
        return chosen;
    }

    private List<String> hardestFirst(int number, Example example) {
        float[] logits = base.get(number);
        return new ArrayList<>(IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(label -> -logits[label]))
                .map(example.allLabels()::get)
                .toList());
    }
}
