package dev.taxon.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the items, in the order of the list
 * @param next what to ask for the next part with ({@code ?after=}); absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<T> items,
        @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }
}
