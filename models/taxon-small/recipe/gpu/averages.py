"""Averages of weights, layer by layer: what training forgets, it forgets in the upper layers."""

import re

from encoder import LAYERS, MARK


def share_of(name, lowest, highest):
    """Even from the first layer to the last; the embeddings' is the first's."""
    layer = re.search(r"\.layer\.(\d+)\.", name)
    return lowest + (highest - lowest) * (int(layer[1]) if layer else 0) / (LAYERS - 1)


def mean(deltas, weights=None):
    weights = weights or [1 / len(deltas)] * len(deltas)
    return {name: sum(delta[name] * weight for delta, weight in zip(deltas, weights)) for name in deltas[0]}


def applied(base, delta, lowest, highest):
    """The base, changed by a share of a delta; the mark is the delta's, whole."""
    changed = {name: weight + delta[name] * share_of(name, lowest, highest) for name, weight in base.items()}
    return {**changed, MARK: delta[MARK]}


def delta_of(model, base):
    """What a model changed of the base, and its mark as it is."""
    return {**{name: model[name] - base[name] for name in base}, MARK: model[MARK]}
