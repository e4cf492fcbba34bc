package dev.taxon.serving.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WordingTest {

    @Test
    void leavesAdviceOnOptionsOut() {
        assertThat(Wording.of("its first row has no column of texts; name them with --text-column and --label-column."))
                .isEqualTo("its first row has no column of texts.");
        assertThat(Wording.of(
                        "has other fields; remove it, or name the two to read with --text-column and --label-column."))
                .isEqualTo("has other fields; remove it.");
        assertThat(Wording.of("is it the right column? Name it with --label-column."))
                .isEqualTo("is it the right column?");
        assertThat(Wording.of("was not judged; give --labels for one set.")).isEqualTo("was not judged.");
    }

    @Test
    void leavesAdviceInTheMiddleOut() {
        assertThat(Wording.of(
                        "A label is others with a separator between them; name that with --label-separator (such as '|') if it is"
                                + " meant as several."))
                .isEqualTo("A label is others with a separator between them.");
    }

    @Test
    void leavesEverythingElseAsItIs() {
        String message = "has a blank string in text; fill it in or remove the row.";
        assertThat(Wording.of(message)).isEqualTo(message);
    }
}
