package dev.taxon.core;

import java.util.List;

/**
 * The labels to score a text against, in order; duplicates are allowed. Immutable: the texts of a request may share one.
 */
public final class CandidateLabels {
    private final List<CandidateLabel> labels;
    private final List<String> names;
    private final List<String> described;

    private CandidateLabels(List<CandidateLabel> labels) {
        this.labels = List.copyOf(labels);
        this.names = labels.stream().map(CandidateLabel::name).toList();
        this.described = labels.stream().map(CandidateLabel::described).toList();
    }

    /** Labels, some of which may have thresholds of their own. */
    public static CandidateLabels of(List<CandidateLabel> labels) {
        return new CandidateLabels(labels);
    }

    /** Labels that are names alone. */
    public static CandidateLabels named(List<String> names) {
        return new CandidateLabels(
                names.stream().map(name -> new CandidateLabel(name, null)).toList());
    }

    public int size() {
        return labels.size();
    }

    public CandidateLabel get(int position) {
        return labels.get(position);
    }

    /** The names by position. */
    public List<String> names() {
        return names;
    }

    /** What the model reads for each label, by position. */
    public List<String> described() {
        return described;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CandidateLabels that && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return labels.hashCode();
    }

    /** Sizes only, as names are a customer's words. */
    @Override
    public String toString() {
        return "CandidateLabels[%d labels]".formatted(labels.size());
    }
}
