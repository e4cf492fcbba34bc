package dev.taxon.core;

import dev.taxon.core.adapter.Adapter;
import dev.taxon.core.adapter.LowRankUpdate;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Adapters made of others, each with a digest of its own. */
public final class RemadeAdapters {
    /** A shift of all columns that tiny models do not make a larger one of. */
    private static final float SHIFT = 0.1f;

    /** The most ranks of an adapter that is joined with others. */
    private static final int MOST_JOINED = 8;

    private RemadeAdapters() {}

    static Adapter shifted(Adapter adapter, float factor) {
        return shifted(adapter, layer -> true, factor);
    }

    /** With shifts of some layers. */
    static Adapter shifted(Adapter adapter, Predicate<String> layers, float factor) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        adapter.updates()
                .forEach((name, update) -> updates.put(name, layers.test(name) ? shifted(update, factor) : update));
        return new Adapter(adapter.digest() + ", shifted", adapter.settings(), updates, Optional.empty());
    }

    private static LowRankUpdate shifted(LowRankUpdate update, float factor) {
        float[] shift = new float[update.out()];
        Arrays.fill(shift, SHIFT * factor);
        return new LowRankUpdate(
                update.rank(), update.in(), update.out(), update.down(), update.up(), FloatBuffer.wrap(shift));
    }

    /** The same changes of more than {@link #MOST_JOINED} ranks: the adapter's own, repeated, each of them a part of the change. */
    static Adapter widened(Adapter adapter) {
        return remade(adapter, "widened", update -> {
            int times = MOST_JOINED / update.rank() + 1;
            FloatBuffer down = FloatBuffer.allocate(times * update.rank() * update.in());
            FloatBuffer up = FloatBuffer.allocate(times * update.rank() * update.out());
            for (int time = 0; time < times; time++) {
                down.put(update.down().duplicate());
            }
            for (int out = 0; out < update.out(); out++) {
                FloatBuffer row = update.up().duplicate();
                row.position(row.position() + out * update.rank()).limit(row.position() + update.rank());
                for (int time = 0; time < times; time++) {
                    float part = times == 1 ? 1 : time == 0 ? 0.5f : 0.5f / (times - 1);
                    up.put(changed(row, value -> part * value));
                }
            }
            return new LowRankUpdate(
                    times * update.rank(), update.in(), update.out(), down.flip(), up.flip(), update.shift());
        });
    }

    /** One whose downs make of any token what is no number. */
    static Adapter hostile(Adapter adapter, float factor) {
        return remade(
                adapter,
                "hostile, " + factor,
                update -> new LowRankUpdate(
                        update.rank(),
                        update.in(),
                        update.out(),
                        changed(update.down(), value -> Math.copySign(Float.MAX_VALUE, value)),
                        changed(update.up(), value -> Math.copySign(Float.MAX_VALUE / factor, value)),
                        update.shift()));
    }

    /** Some of an adapter's layers, with other numbers where they are raised. */
    public static Adapter changed(Adapter adapter, Predicate<String> layers, UnaryOperator<Float> number) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        adapter.updates().forEach((layer, update) -> {
            if (layers.test(layer)) {
                updates.put(
                        layer,
                        new LowRankUpdate(
                                update.rank(),
                                update.in(),
                                update.out(),
                                update.down(),
                                changed(update.up(), number),
                                update.shift() == null ? null : changed(update.shift(), number)));
            }
        });
        String digest =
                "%s of %s, 1 as %s".formatted(adapter.digest(), updates.keySet().hashCode(), number.apply(1f));
        return new Adapter(digest, adapter.settings(), updates, Optional.empty());
    }

    private static FloatBuffer changed(FloatBuffer numbers, UnaryOperator<Float> number) {
        FloatBuffer changed = FloatBuffer.allocate(numbers.remaining());
        for (int i = 0; i < changed.capacity(); i++) {
            changed.put(i, number.apply(numbers.get(numbers.position() + i)));
        }
        return changed;
    }

    private static Adapter remade(Adapter adapter, String how, UnaryOperator<LowRankUpdate> layer) {
        Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
        adapter.updates().forEach((name, update) -> updates.put(name, layer.apply(update)));
        return new Adapter(adapter.digest() + ", " + how, adapter.settings(), updates, Optional.empty());
    }
}
