package dev.taxon.core.checkpoint;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One checkpoint in several safetensors files; a tensor stands in exactly one of them. */
final class ShardedWeights implements Weights {
    private final String source;
    private final Collection<Weights> shards;
    private final Map<String, Weights> byName = new HashMap<>();

    ShardedWeights(String source, Collection<Weights> shards) {
        this.source = source;
        this.shards = shards;
        for (Weights shard : shards) {
            for (String name : shard.names()) {
                if (byName.put(name, shard) != null) {
                    throw new CheckpointException("%s: tensor '%s' stands in two files.".formatted(source, name));
                }
            }
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return shard(name).info(name);
    }

    @Override
    public ByteBuffer bytes(String name) {
        return shard(name).bytes(name);
    }

    @Override
    public void close() {
        shards.forEach(Weights::close);
    }

    private Weights shard(String name) {
        Weights shard = byName.get(name);
        if (shard == null) {
            throw new CheckpointException("%s has no tensor '%s'.".formatted(source, name));
        }
        return shard;
    }
}
