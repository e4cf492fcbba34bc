package dev.taxon.serving.worker;

import dev.taxon.serving.queue.JobKind;
import jakarta.inject.Singleton;

/** Who does which kind of job. */
@Singleton
record Works(ImportWork imports, TrainingWork training, EvaluateWork evaluation, ClassifyWork classification) {

    Work of(JobKind kind) {
        return switch (kind) {
            case IMPORT -> imports;
            case LORA, PPO -> training;
            case EVALUATE -> evaluation;
            case CLASSIFY -> classification;
        };
    }
}
