package dev.taxon.training.data.validation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many rows have a label.
 *
 * @param rows by role; roles without rows of it are absent
 */
public record LabelUse(String label, Map<Role, Long> rows) {
    public LabelUse {
        EnumMap<Role, Long> copy = new EnumMap<>(Role.class);
        copy.putAll(rows);
        rows = Collections.unmodifiableMap(copy);
    }

    public long in(Role role) {
        return rows.getOrDefault(role, 0L);
    }

    /** Rows of all parts. */
    public long total() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
