"""What a step makes smaller: the loss of Taxon's own trainer (losses.py, held against it by check_objective.py), and how far the
encoder is from a teacher."""

import torch
from torch.nn import functional

NOT_SHOWN = -1e9


def supervised(logits, own, targets, single, focal_gamma, softmax_weight):
    """Of logits, own and targets [rows, labels], single [rows]: the loss, and the share of rows that score a true label highest."""
    known = logits.masked_fill(~own, 0.)
    entropy = functional.binary_cross_entropy_with_logits(known, targets, reduction="none")
    focus = (targets - known.sigmoid()).abs().clamp_min(1e-8) ** focal_gamma
    binary = (entropy * focus * own).sum(1)
    shown = logits.masked_fill(~own, NOT_SHOWN)
    share = targets / targets.sum(1, keepdim=True).clamp_min(1.)
    softmax = -(functional.log_softmax(shown, 1) * share).sum(1)
    best = targets.gather(1, shown.argmax(1, keepdim=True)).mean()
    return (binary + softmax_weight * softmax * single).mean(), best


def divergence(cosines, teacher_cosines, scale):
    """Of the softmax over all labels of a batch from the teacher's, in the mean over texts."""
    teacher = functional.log_softmax(teacher_cosines * scale, 1)
    own = functional.log_softmax(cosines * scale, 1)
    return (teacher.exp() * (teacher - own)).sum(1).mean()
