"""Computes calibration.json with SciPy and scikit-learn, independently of the code under test.

Run beside this file: python calibration_oracle.py > calibration.json (scipy 1.17, scikit-learn 1.9, numpy).
"""

import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_expit, log_softmax, softmax
from sklearn.calibration import calibration_curve
from sklearn.metrics import f1_score

chance = np.random.default_rng(7)
BINS = 15


def temperature(loss):
    found = minimize_scalar(lambda x: loss(np.exp(x)), bounds=(np.log(0.01), np.log(100)), method="bounded",
                            options={"xatol": 1e-10})
    return float(np.exp(found.x))


def error(confidence, right):
    """Weighted gaps of scikit-learn's own bins, whose sizes it does not tell."""
    shares, means = calibration_curve(right, confidence, n_bins=BINS, strategy="uniform")
    place = np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], confidence)
    counts = np.bincount(place, minlength=BINS)
    counts = counts[counts > 0]
    return float(np.sum(counts * np.abs(shares - means)) / len(right))


def best_f1(scores, targets):
    candidates = np.unique(scores)
    return float(max(f1_score(targets, scores >= t, zero_division=0) for t in candidates))


def single(name, rows, labels, scale):
    logits = (chance.normal(size=(rows, labels)) * scale).astype(np.float32)
    truth = np.array([chance.choice(labels, p=softmax(row.astype(float) / 1.7)) for row in logits])
    z = logits.astype(float)
    fitted = temperature(lambda t: -np.mean(log_softmax(z / t, axis=1)[np.arange(rows), truth]))
    confidence = lambda t: softmax(z / t, axis=1).max(axis=1)
    right = z.argmax(axis=1) == truth
    return {
        "name": name,
        "mode": "single-label",
        "logits": [[float(x) for x in row] for row in logits],
        "targets": [[int(label == t) for label in range(labels)] for t in truth],
        "temperature": fitted,
        "error": error(confidence(1), right),
        "error_at_temperature": error(confidence(fitted), right),
    }


def multi(name, rows, labels, scale):
    logits = (chance.normal(size=(rows, labels)) * scale - 1).astype(np.float32)
    z = logits.astype(float)
    targets = chance.random(z.shape) < expit(z / 2.2 + 0.4)
    fitted = temperature(lambda t: -np.mean(np.where(targets, log_expit(z / t), log_expit(-z / t))))
    scores = expit(z / fitted)
    return {
        "name": name,
        "mode": "multi-label",
        "logits": [[float(x) for x in row] for row in logits],
        "targets": targets.astype(int).tolist(),
        "temperature": fitted,
        "error": error(expit(z).ravel(), targets.ravel()),
        "error_at_temperature": error(scores.ravel(), targets.ravel()),
        "best_micro_f1": best_f1(scores.ravel(), targets.ravel()),
        "best_f1": [best_f1(scores[:, label], targets[:, label]) for label in range(labels)],
    }


print(json.dumps({"cases": [
    single("overconfident", 120, 4, 3.0),
    single("underconfident", 80, 3, 0.4),
    multi("overconfident labels", 90, 3, 2.5),
    multi("few rows", 24, 2, 1.0),
]}))
