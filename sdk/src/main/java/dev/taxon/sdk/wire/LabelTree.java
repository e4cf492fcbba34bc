package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Named branches, each a list or a tree again. The order of the branches is kept. */
public record LabelTree(@JsonValue Map<String, LabelSet> branches) implements LabelSet {
    /** As many characters as a body may have: a tree that repeats long branch names would flatten to far more. */
    static final int LONGEST_FLATTENED = 10_000_000;

    public LabelTree {
        branches = Ordered.copyOf(branches);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException where the flattened names take more than 10,000,000 characters altogether
     */
    @Override
    public List<Label> flatten() {
        Size size = Size.of(this);
        if (size.characters > LONGEST_FLATTENED) {
            throw new IllegalArgumentException(
                    "labels is a tree of %d labels, whose names with those of their branches take %d characters, but they may take %d; shorten the names of branches."
                            .formatted(size.labels, size.characters, LONGEST_FLATTENED));
        }
        List<Label> flat = new ArrayList<>();
        collect(this, new StringBuilder(), flat);
        return List.copyOf(flat);
    }

    private static void collect(LabelSet set, StringBuilder prefix, List<Label> flat) {
        if (set instanceof LabelTree tree) {
            int length = prefix.length();
            tree.branches.forEach((name, branch) -> {
                collect(branch, prefix.append(name).append('.'), flat);
                prefix.setLength(length);
            });
            return;
        }
        set.flatten().forEach(label -> flat.add(label.withName(prefix + label.name())));
    }

    /** What a set flattens to, counted without flattening it. */
    private record Size(long labels, long characters) {

        static Size of(LabelSet set) {
            if (set instanceof LabelTree tree) {
                return tree.branches.entrySet().stream()
                        .map(branch -> of(branch.getValue()).under(branch.getKey()))
                        .reduce(new Size(0, 0), Size::plus);
            }
            List<Label> list = set.flatten();
            return new Size(
                    list.size(),
                    list.stream().mapToLong(label -> label.name().length()).sum());
        }

        private Size under(String branch) {
            return new Size(labels, characters + labels * (branch.length() + 1L));
        }

        private Size plus(Size other) {
            return new Size(labels + other.labels, characters + other.characters);
        }
    }
}
