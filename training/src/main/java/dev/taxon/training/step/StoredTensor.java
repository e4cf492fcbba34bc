package dev.taxon.training.step;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;

/** A tensor to be written; its values are asked for once, when its turn comes. */
public record StoredTensor(String name, List<Long> shape, Supplier<FloatBuffer> values) {}
