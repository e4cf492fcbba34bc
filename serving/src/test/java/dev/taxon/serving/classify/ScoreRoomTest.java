package dev.taxon.serving.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.http.ProblemException;
import org.junit.jupiter.api.Test;

final class ScoreRoomTest {
    private final ScoreRoom room = new ScoreRoom(12);

    @Test
    void holdsAsManyScoresAsAreAnsweredAtOnce() {
        int first = room.take(6);
        int second = room.take(6);
        assertThatThrownBy(() -> room.take(1)).isInstanceOf(OverloadedException.class);
        room.giveBack(first);
        assertThat(room.take(6)).isEqualTo(6);
        room.giveBack(second);
        assertThat(room.take(6)).isEqualTo(6);
    }

    @Test
    void refusesForGoodWhatNeverFits() {
        assertThatThrownBy(() -> room.take(13)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().errorCode()).contains(ErrorCode.INVALID_REQUEST);
            assertThat(refused).hasMessageContaining("13 scores").hasMessageContaining("at most 12");
        });
        assertThat(room.take(12)).isEqualTo(12);
    }

    @Test
    void hasRoomForTheLargestRequestOfTheContractInHalfAGibibyte() {
        assertThat(ScoreRoom.forHeap(512 << 20)).isGreaterThanOrEqualTo(1_000 * 1_000);
        assertThat(ScoreRoom.forHeap(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }
}
