"""What a run may set; the defaults are what all five of runs.json share."""

import dataclasses
import json
import pathlib


@dataclasses.dataclass(frozen=True)
class Settings:
    # Drawn rows: so many a batch, evenly from so many sets, which come by a power of their size and weights of their own.
    seed: int
    rows: int = 256
    sets: int = 4
    temperature: float = 0.5
    weights: dict = dataclasses.field(default_factory=lambda: dict(goemotions_sentiment=2.0, negation=2.0, questions=2.0))

    # Shown labels: at most so many a row, from so many of the set; shares of rows shown fewer, in a template, in other wordings,
    # beside the nearest wrong ones, without the true one.
    max_labels: int = 64
    pool: int = 96
    fewer: float = 0.5
    templates: float = 0.4
    wordings: float = 0.4
    nearest: float = 0.3
    none: float = 0.05

    # Objective.
    focal_gamma: float = 1.0
    softmax_weight: float = 1.0
    teacher: str = "second"
    divergence: float = 0.3
    teacher_scale: float = 40.0
    teacher_words: int = 64

    # Optimiser: the rate rises for a share of the time, then falls to nothing.
    seconds: float = 330
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm: float = 0.05
    max_gradient_norm: float = 1.0
    logit_scale: float = 20.0
    logit_bias: float = -13.0

    @staticmethod
    def of(run, **changed):
        runs = json.loads((pathlib.Path(__file__).parent / "runs.json").read_text())
        return Settings(**{**runs[run], **changed})
