package dev.taxon.sdk;

import dev.taxon.sdk.wire.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list of the server's that is fetched page by page, as far as it is read. Each iteration asks anew. Thread-safe; its
 * iterators are not.
 *
 * <pre>{@code
 * for (Dataset dataset : client.datasets().list()) {
 *     System.out.println(dataset.name());
 * }
 * }</pre>
 *
 * <p>Iterating throws {@link TaxonException} where a page cannot be had.
 */
public final class Paged<T> implements Iterable<T> {

    private final Function<@Nullable String, CompletableFuture<Page<T>>> pages;

    /** @param pages gives the page after a mark; the first for null */
    Paged(Function<@Nullable String, CompletableFuture<Page<T>>> pages) {
        this.pages = pages;
    }

    /**
     * One page, for callers that turn pages themselves.
     *
     * <pre>{@code Page<Job> next = client.jobs().list().page(page.next()).join();}</pre>
     *
     * @param after the {@code next} of the page before; null for the first
     */
    public CompletableFuture<Page<T>> page(@Nullable String after) {
        return pages.apply(after);
    }

    /**
     * Everything as a stream that fetches as it goes.
     *
     * <pre>{@code client.jobs().list().stream().limit(10).toList()}</pre>
     */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /**
     * Everything in memory, fetched without holding a thread.
     *
     * <pre>{@code client.adapters().list().allAsync().thenAccept(all -> System.out.println(all.size()))}</pre>
     *
     * @return cancelling it ends the fetching
     */
    public CompletableFuture<List<T>> allAsync() {
        Gathering gathering = new Gathering();
        gathering.fetch(null);
        return gathering.result;
    }

    /** A server that gave the same mark again would be asked for ever. */
    private static boolean isLast(Page<?> page, @Nullable String after) {
        return page.next() == null || Objects.equals(page.next(), after);
    }

    /**
     * Everything one by one, fetched as it goes.
     *
     * <pre>{@code for (Job job : client.jobs().list()) { System.out.println(job.id()); }}</pre>
     */
    @Override
    public Iterator<T> iterator() {
        return new Items();
    }

    private final class Items implements Iterator<T> {

        private Iterator<T> items = Collections.emptyIterator();
        private @Nullable String next;
        private boolean last;

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && !last) {
                Page<T> page = Futures.await(pages.apply(next));
                items = page.items().iterator();
                last = isLast(page, next);
                next = page.next();
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the list is at its end");
            }
            return items.next();
        }
    }

    /** Page after page; at any time at most one is under way, so the items need no lock. */
    private final class Gathering {

        private final CompletableFuture<List<T>> result = new CompletableFuture<>();
        private final CurrentStep step = new CurrentStep(result);
        private final List<T> items = new ArrayList<>();

        void fetch(@Nullable String after) {
            CompletableFuture<Page<T>> fetched = pages.apply(after);
            step.now(fetched);
            var unused = fetched.whenComplete((page, failure) -> {
                if (failure == null) {
                    add(page, after);
                } else {
                    result.completeExceptionally(Futures.unwrap(failure));
                }
            });
        }

        private void add(Page<T> page, @Nullable String after) {
            items.addAll(page.items());
            if (isLast(page, after)) {
                result.complete(Collections.unmodifiableList(items));
            } else if (!result.isDone()) {
                fetch(page.next());
            }
        }
    }
}
