package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WaitingRowsTest {
    private static final CostModel COST = new CostModel(0, 1);

    private static final Share FLOOD = new Share(new UUID(0, 1), 100);
    private static final Share QUIET = new Share(new UUID(0, 2), 100);

    private final WaitingRows waiting = new WaitingRows(Duration.ZERO);
    private final QueuedModel model = new QueuedModel(1);
    private long sequence;

    @Test
    void takesRowsByUrgencyWhateverTheirLengths() {
        add(10, 100);
        add(20, 500);
        add(5, 101);
        add(40, 20);
        assertThat(lengths(waiting.take(room(1_000, 3)))).containsExactly(101, 100, 500);
        assertThat(lengths(waiting.take(room(1_000, 3)))).containsExactly(20);
    }

    @Test
    void keepsBatchesWithinTheBudget() {
        IntStream.of(10, 60, 60, 100).forEach(length -> add(length, length));
        assertThat(lengths(waiting.take(room(130, 9)))).containsExactly(10, 60, 60);
    }

    @Test
    void takesARowThatExceedsEveryBudgetAlone() {
        add(0, 900);
        add(1, 10);
        assertThat(lengths(waiting.take(room(100, 9)))).containsExactly(900);
    }

    @Test
    void takesTheEarlierDueOfLikeRowsFirst() {
        add(3, 10);
        add(1, 10);
        add(2, 10);
        List<Long> due = waiting.take(room(20, 9)).stream().map(WaitingRow::due).toList();
        assertThat(due).containsExactly(1L, 2L);
    }

    @Test
    void countsTheWorkThatIsDueBefore() {
        add(1, 10);
        add(2, 20);
        add(3, 40);
        assertThat(waiting.workNanos()).isEqualTo(70);
        assertThat(waiting.workBefore(Share.HOUSE, 3, 0)).isEqualTo(30);
    }

    @Test
    void removesTheRowsOfARequest() {
        Submission leaving = submission();
        waiting.add(new WaitingRow(model, leaving, 0, Rows.row("leaving", 10), 0, 10, sequence++));
        add(1, 20);
        assertThat(waiting.removeIf(row -> row.submission() == leaving)).hasSize(1);
        assertThat(waiting.workNanos()).isEqualTo(20);
        assertThat(waiting.size()).isEqualTo(1);
    }

    @Test
    void handsOutEveryRowOnceAndFillsTheBatches() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            add(i, 8 + random.nextInt(500));
        }
        Set<Long> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            List<WaitingRow> batch = waiting.take(room(4_096, 32));
            batch.forEach(row -> assertThat(seen.add(row.sequence())).isTrue());
            long positions = new Batch(model, batch, List.of(), 0).shape().positions();
            assertThat(positions).isLessThanOrEqualTo(4_096);
            assertThat(batch.size() == 32 || positions > 4_096 - 508 || waiting.isEmpty())
                    .isTrue();
        }
        assertThat(seen).hasSize(2_000);
    }

    @Test
    void startsWithTheMostUrgentRowAlways() {
        Random random = new Random(3);
        List<Integer> due = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
        Collections.shuffle(due, random);
        due.forEach(each -> add(each, 1 + random.nextInt(200)));
        while (!waiting.isEmpty()) {
            List<WaitingRow> batch = waiting.take(room(2_000, 8));
            assertThat(batch.get(0).due())
                    .isEqualTo(batch.stream().mapToLong(WaitingRow::due).min().orElseThrow());
        }
    }

    @Test
    void letsTenantsTakeTurnsWhoeverCameFirst() {
        for (int i = 0; i < 100; i++) {
            add(FLOOD, i, 10);
        }
        add(QUIET, 1_000, 10);
        add(QUIET, 1_001, 10);
        List<UUID> tenants = tenants(waiting.take(room(60, 6)));
        assertThat(tenants).containsSubsequence(QUIET.tenant(), QUIET.tenant());
    }

    @Test
    void dividesTheDeviceByWeight() {
        Share heavy = new Share(new UUID(0, 3), 300);
        for (int i = 0; i < 400; i++) {
            add(FLOOD, i, 10);
            add(heavy, i, 10);
        }
        List<UUID> tenants = tenants(waiting.take(room(4_000, 400)));
        assertThat(tenants.stream().filter(heavy.tenant()::equals).count()).isBetween(298L, 302L);
    }

    @Test
    void dividesByWorkRatherThanByRows() {
        for (int i = 0; i < 400; i++) {
            add(FLOOD, i, 40);
            add(QUIET, i, 10);
        }
        List<UUID> tenants = tenants(waiting.take(room(8_000, 1_000)));
        assertThat(tenants.stream().filter(FLOOD.tenant()::equals).count()).isBetween(98L, 102L);
    }

    @Test
    void savesNothingUpWhereNothingIsOwed() {
        add(QUIET, 0, 10);
        for (int i = 0; i < 200; i++) {
            add(FLOOD, i, 10);
        }
        waiting.take(room(1_000, 100));
        for (int i = 0; i < 100; i++) {
            add(QUIET, i, 10);
        }
        List<UUID> tenants = tenants(waiting.take(room(400, 40)));
        assertThat(tenants.stream().filter(QUIET.tenant()::equals).count()).isBetween(19L, 21L);
    }

    @Test
    void owesALittleToWhoAskedForNothing() {
        WaitingRows owing = new WaitingRows(Duration.ofNanos((long) model.cost().row(200)));
        for (int i = 0; i < 300; i++) {
            owing.add(row(model, FLOOD, i, 10));
        }
        owing.take(room(1_000, 100));
        for (int i = 0; i < 100; i++) {
            owing.add(row(model, QUIET, i, 10));
        }
        // What it is owed, and half of the rest.
        List<UUID> tenants = tenants(owing.take(room(600, 60)));
        assertThat(tenants.subList(0, 20)).containsOnly(QUIET.tenant());
        assertThat(tenants.stream().filter(QUIET.tenant()::equals).count()).isBetween(39L, 41L);
    }

    @Test
    void countsOfOthersOnlyWhatTheyAreGivenMeanwhile() {
        for (int i = 0; i < 100; i++) {
            add(FLOOD, i, 10);
        }
        assertThat(waiting.workBefore(QUIET, 1_000, 30)).isEqualTo(30);
        assertThat(waiting.workBefore(FLOOD, 1_000, 30)).isEqualTo(1_000);
        assertThat(waiting.workBefore(new Share(QUIET.tenant(), 300), 1_000, 30))
                .isEqualTo(10);
    }

    @Test
    void aBatchIsOfOneModelAndTheOtherIsNext() {
        QueuedModel other = new QueuedModel(1);
        add(model, FLOOD, 1, 10);
        add(other, QUIET, 2, 10);
        add(model, FLOOD, 3, 10);
        add(other, FLOOD, 4, 10);
        assertThat(waiting.next()).contains(model);
        assertThat(waiting.take(room(1_000, 9))).extracting(WaitingRow::model).containsExactly(model, model);
        assertThat(waiting.take(room(1_000, 9))).extracting(WaitingRow::model).containsExactly(other, other);
        assertThat(waiting.next()).isEmpty();
        assertThat(List.of(model.rows(), other.rows())).containsExactly(0, 0);
    }

    @Test
    void dividesTheDeviceByTenantsRatherThanByModels() {
        QueuedModel other = new QueuedModel(1);
        Share third = new Share(new UUID(0, 3), 100);
        for (int i = 0; i < 400; i++) {
            add(model, FLOOD, i, 10);
            add(model, third, i, 10);
            add(other, QUIET, i, 10);
        }
        List<WaitingRow> served = new ArrayList<>();
        while (served.size() < 600) {
            served.addAll(waiting.take(room(60, 6)));
        }
        assertThat(tenants(served).stream().filter(QUIET.tenant()::equals).count())
                .isBetween(190L, 210L);
        assertThat(tenants(served).stream().filter(FLOOD.tenant()::equals).count())
                .isBetween(190L, 210L);
    }

    private void add(Share share, long due, int length) {
        add(model, share, due, length);
    }

    private void add(QueuedModel asked, Share share, long due, int length) {
        waiting.add(row(asked, share, due, length));
    }

    private WaitingRow row(QueuedModel asked, Share share, long due, int length) {
        Submission submission = new Submission(1, share, 0, Deadline.never());
        return new WaitingRow(asked, submission, 0, Rows.row("row", length), due, length, sequence++);
    }

    private static List<UUID> tenants(List<WaitingRow> rows) {
        return rows.stream().map(row -> row.submission().share().tenant()).toList();
    }

    private void add(long due, int length) {
        waiting.add(new WaitingRow(model, submission(), 0, Rows.row("row", length), due, length, sequence++));
    }

    private static Submission submission() {
        return new Submission(1, Share.HOUSE, 0, Deadline.never());
    }

    private static BatchRoom room(int tokens, int rows) {
        return new BatchRoom(COST, tokens, rows, 1, Duration.ofDays(1).toNanos());
    }

    private static List<Integer> lengths(List<WaitingRow> rows) {
        return rows.stream().map(row -> row.input().positions()).toList();
    }
}
