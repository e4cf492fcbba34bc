package dev.taxon.training.policy;

import java.util.Optional;
import java.util.Set;

/** What is known of a row besides its text: which labels are right, or what a person said of an answer. */
public sealed interface Judgement {

    /** The labels that are right, where they are known. */
    Optional<Set<String>> trueLabels();

    /** The row's labels are known, possibly to be none. */
    record Truth(Set<String> labels) implements Judgement {
        public Truth {
            labels = Set.copyOf(labels);
        }

        @Override
        public Optional<Set<String>> trueLabels() {
            return Optional.of(labels);
        }
    }

    /** A person found the answer right as it was. */
    record Accepted(Set<String> predicted) implements Judgement {
        public Accepted {
            predicted = Set.copyOf(predicted);
        }

        @Override
        public Optional<Set<String>> trueLabels() {
            return Optional.of(predicted);
        }
    }

    /** A person found the answer wrong; what would be right is not known. */
    record Rejected(Set<String> predicted) implements Judgement {
        public Rejected {
            predicted = Set.copyOf(predicted);
        }

        @Override
        public Optional<Set<String>> trueLabels() {
            return Optional.empty();
        }
    }

    /** A person replaced the answer by the right one. */
    record Corrected(Set<String> labels) implements Judgement {
        public Corrected {
            labels = Set.copyOf(labels);
        }

        @Override
        public Optional<Set<String>> trueLabels() {
            return Optional.of(labels);
        }
    }
}
