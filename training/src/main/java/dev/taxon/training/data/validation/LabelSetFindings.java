package dev.taxon.training.data.validation;

import dev.taxon.training.data.PlainText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to say of a label set once all rows are counted.
 *
 * @param uses the set, sorted by name
 * @param trained whether there is a part to train on, which alone needs enough examples
 * @param closed whether all rows have the same set, so that each could have had every label
 */
record LabelSetFindings(List<LabelUse> uses, boolean trained, boolean closed) {
    /** Fewer examples than this, and what is learned of a label is mostly chance. */
    static final int ENOUGH = 8;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    LabelSetFindings {
        uses = List.copyOf(uses);
    }

    Stream<Finding> findings() {
        return Stream.of(
                        closed && trained ? tooFew() : Stream.<Finding>empty(),
                        closed ? unused() : Stream.<Finding>empty(),
                        variants(),
                        numbers(),
                        joined())
                .flatMap(found -> found);
    }

    private Stream<Finding> tooFew() {
        Tally lone = new Tally(FindingKind.LONE_EXAMPLE);
        Tally few = new Tally(FindingKind.FEW_EXAMPLES);
        for (LabelUse use : uses) {
            long examples = use.in(Role.TRAIN);
            if (examples == 1) {
                lone.add(use.label());
            } else if (examples > 1 && examples < ENOUGH) {
                few.add(use.label());
            }
        }
        return Stream.concat(
                lone.finding(
                        "A label has a single row to train on, which cannot be both learned from and checked; add another.",
                        "%d labels have a single row to train on, which cannot be both learned from and checked; add others."),
                few.finding(
                        "A label has fewer than 8 rows to train on; expect little of it, or add some.",
                        "%d labels have fewer than 8 rows to train on; expect little of them, or add some."));
    }

    private Stream<Finding> unused() {
        Tally unused = new Tally(FindingKind.UNUSED_LABEL);
        uses.stream()
                .filter(use -> trained ? use.in(Role.TRAIN) == 0 : use.total() == 0)
                .forEach(use -> unused.add(use.label()));
        String rows = trained ? "row to train on" : "row";
        return unused.finding(
                "A label of the set has no " + rows + "; it stays as the model knows it by its name.",
                "%d labels of the set have no " + rows + "; they stay as the model knows them by their names.");
    }

    private Stream<Finding> variants() {
        Tally variants = new Tally(FindingKind.LABEL_VARIANT);
        Map<String, List<String>> alike = uses.stream()
                .map(LabelUse::label)
                .collect(Collectors.groupingBy(PlainText::of, TreeMap::new, Collectors.toList()));
        alike.values().stream().filter(names -> names.size() > 1).forEach(names -> names.forEach(variants::add));
        return variants.finding(Words.of(
                "%d labels differ from others by case, space or Unicode form alone; write each in one way.",
                variants.count()));
    }

    private Stream<Finding> joined() {
        Tally joined = new Tally(FindingKind.JOINED_LABEL);
        new JoinedLabels(uses.stream().map(LabelUse::label).toList()).stream().forEach(joined::add);
        return joined.finding(
                "A label is others with a separator between them; name that with --label-separator (such as '|') if it is meant as several.",
                "%d labels are others with a separator between them; name that with --label-separator (such as '|') if each is meant as several.");
    }

    private Stream<Finding> numbers() {
        Tally numbers = new Tally(FindingKind.NUMBER_LABEL);
        uses.stream()
                .map(LabelUse::label)
                .filter(label -> NUMBER.matcher(label).matches())
                .forEach(numbers::add);
        return numbers.finding(
                "A label is a number, but the model reads labels as words; give it a name.",
                "%d labels are numbers, but the model reads labels as words; give them names.");
    }
}
