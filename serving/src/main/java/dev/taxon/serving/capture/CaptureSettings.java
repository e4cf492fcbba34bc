package dev.taxon.serving.capture;

/**
 * What a tenant chose to have kept.
 *
 * @param texts whether texts are kept with their answers
 * @param feedback whether answers are kept for people to judge
 * @param retentionDays days after which it is deleted, 1 to 3,650
 */
public record CaptureSettings(boolean texts, boolean feedback, int retentionDays) {
    /** What holds until a tenant says otherwise: nothing is kept. */
    static final CaptureSettings OFF = new CaptureSettings(false, false, 30);

    static final int MOST_DAYS = 3_650;

    public CaptureSettings {
        if (retentionDays < 1 || retentionDays > MOST_DAYS) {
            throw new IllegalArgumentException("days out of range: " + retentionDays);
        }
    }

    /** Whether anything of an answer is kept. */
    boolean keepsAnswers() {
        return texts || feedback;
    }
}
