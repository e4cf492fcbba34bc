package dev.taxon.training.baseline;

import java.util.List;

/** An embedding model. */
@FunctionalInterface
public interface TextEmbedder {

    /**
     * Embeds texts, each cut at its end where it is too long.
     *
     * @return [texts, dimensions], of any length; finite
     */
    float[][] embed(List<String> texts);
}
