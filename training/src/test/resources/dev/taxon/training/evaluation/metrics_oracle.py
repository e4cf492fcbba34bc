"""Computes metrics.json with scikit-learn, independently of the code under test.

Run beside this file: python metrics_oracle.py > metrics.json (scikit-learn 1.5 or newer).
"""

import json
import random

from sklearn.metrics import accuracy_score, confusion_matrix, f1_score
from sklearn.metrics import multilabel_confusion_matrix, precision_recall_fscore_support
from sklearn.preprocessing import MultiLabelBinarizer

chance = random.Random(5)


def averages(truth, predicted, labels):
    kinds = ("micro", "macro", "weighted")
    return {
        f"{kind}_f1": f1_score(truth, predicted, labels=labels, average=kind, zero_division=0) for kind in kinds
    }


def per_label(truth, predicted, names, labels):
    figures = precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    return {
        name: {"precision": p, "recall": r, "f1": f, "support": int(s)}
        for name, p, r, f, s in zip(names, *figures)
    }


def single():
    labels = ["a", "b", "c", "never true", "never seen"]
    truth = [chance.choice("aaabbc") for _ in range(60)]
    predicted = [t if chance.random() < 0.6 else chance.choice(labels[:4]) for t in truth]
    return {
        "mode": "single-label",
        "labels": labels,
        "truth": [[t] for t in truth],
        "predicted": [[p] for p in predicted],
        "accuracy": accuracy_score(truth, predicted),
        **averages(truth, predicted, labels),
        "per_label": per_label(truth, predicted, labels, labels),
        "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
    }


def multi():
    labels = ["red", "green", "blue", "never true"]
    truth = [[name for name in labels[:3] if chance.random() < 0.4] for _ in range(50)]
    predicted = [[name for name in labels if (name in row) != (chance.random() < 0.25)] for row in truth]
    binarizer = MultiLabelBinarizer(classes=labels)
    left, right = binarizer.fit_transform(truth), binarizer.transform(predicted)
    positions = list(range(len(labels)))
    return {
        "mode": "multi-label",
        "labels": labels,
        "truth": truth,
        "predicted": predicted,
        "accuracy": accuracy_score(left, right),
        **averages(left, right, positions),
        "per_label": per_label(left, right, labels, positions),
        "confusion": multilabel_confusion_matrix(left, right).tolist(),
    }


print(json.dumps({"cases": [single(), multi()]}, indent=1))
