"""Batches of rows of several sets, which share one list of distinct labels, drawn anew without end."""

from typing import NamedTuple

import numpy
import torch
from torch.utils.data import IterableDataset, get_worker_info

from encoder import LABEL_LIMIT, TEXT_LIMIT, Pack
from prepared import bounds

TEMPLATES = ["about {label}", "This text is about {label}.", "This example is {label}.", "{label} text", "topic: {label}",
             "It is {label}."]
KNOWN_LABELS = 200_000


class Batch(NamedTuple):
    """Rows B, distinct labels of rows U; the pack may hold more labels, which the teacher alone is asked about."""
    pack: Pack
    own: torch.Tensor  # [B, U], which labels a row is shown
    targets: torch.Tensor  # [B, U]
    single: torch.Tensor  # [B], 1 where one label is right
    texts: torch.Tensor  # [B], numbers of the texts by which the teacher knows them
    labels: list  # names of all labels of the pack, bare and in the sets' own wording, by which the teacher knows them


class Draft:
    """A batch as it grows."""

    def __init__(self):
        self.texts, self.numbers, self.rows = [], [], []
        self.places, self.shown, self.names = {}, [], []

    def place(self, shown, name):
        if shown not in self.places:
            self.places[shown] = len(self.shown)
            self.shown.append(shown)
            self.names.append(name)
        return self.places[shown]

    def finished(self, label_ids, labels):
        """labels is how many of the shown ones are of rows."""
        own = numpy.zeros((len(self.rows), labels), bool)
        targets = numpy.zeros((len(self.rows), labels), numpy.float32)
        single = numpy.zeros(len(self.rows), numpy.float32)
        for row, (places, true, is_single) in enumerate(self.rows):
            own[row, places] = True
            targets[row, places[:true]] = 1
            single[row] = is_single
        pack = Pack(self.texts, [label_ids(shown) for shown in self.shown], TEXT_LIMIT, LABEL_LIMIT)
        return Batch(pack, *map(torch.from_numpy, (own, targets, single)), torch.tensor(self.numbers), self.names)


class Batches(IterableDataset):
    """starts: the number of each set's first text."""

    def __init__(self, data, words, settings, starts):
        self.sets, self.vocabulary, self.wordings = data["sets"], data["vocabulary"], data["wordings"]
        self.words, self.settings, self.starts = words, settings, starts
        self.names = sorted(self.sets)
        sizes = numpy.array([len(self.sets[name]["lengths"]) ** settings.temperature * settings.weights.get(name, 1.0)
                             for name in self.names])
        self.shares = sizes / sizes.sum()
        self.at = {name: bounds(own["lengths"]) for name, own in self.sets.items()}
        self.known = {}

    def __iter__(self):
        worker = get_worker_info()
        self.draw = numpy.random.default_rng([self.settings.seed, worker.id if worker else 0])
        while True:
            yield self.batch()

    def batch(self):
        draft = Draft()
        template = TEMPLATES[self.draw.integers(len(TEMPLATES))]
        for name in self.draw.choice(self.names, self.settings.sets, replace=False, p=self.shares):
            self.add_rows(draft, name, template)
        labels = len(draft.shown)
        for number in self.draw.choice(len(self.vocabulary), self.settings.teacher_words, replace=False):
            draft.place(self.vocabulary[number], self.vocabulary[number])
        return draft.finished(self.label_ids, labels)

    def add_rows(self, draft, name, template):
        own = self.sets[name]
        count = min(self.settings.rows // self.settings.sets, len(own["lengths"]))
        chosen = self.draw.choice(len(own["lengths"]), count, replace=False)
        pool = self.pool(own, chosen) if own["shared"] else None
        wording = {}
        for number in chosen:
            candidates = own["all"][number] if pool is None else pool
            true, wrong = self.labels(own, own["true"][number], candidates)
            is_single = len(true) == 1
            if true and len(wrong) > 1 and self.draw.random() < self.settings.none:
                true, is_single = [], False
            reworded = self.draw.random() < self.settings.wordings and name in self.wordings
            frame = template if self.draw.random() < self.settings.templates else "{label}"
            places = []
            for label in map(int, true + wrong):
                shown = self.reworded(name, own["labels"][label], wording) if reworded else own["labels"][label]
                places.append(draft.place(frame.replace("{label}", shown), own["labels"][label]))
            draft.rows.append((places, len(true), is_single))
            draft.texts.append(own["ids"][self.at[name][number]:self.at[name][number + 1]])
            draft.numbers.append(self.starts[name] + number)

    def pool(self, own, chosen):
        """Labels for all rows of a set in the batch: those that are true, filled up, so that rows share most."""
        true = {label for number in chosen for label in own["true"][number]}
        others = [label for label in self.draw.permutation(len(own["labels"])) if label not in true]
        return list(true) + others[:max(0, self.settings.pool - len(true))]

    def labels(self, own, all_true, candidates):
        """True labels of a row, and wrong ones to fill up to as many as it is shown."""
        settings, true, is_true = self.settings, list(all_true), set(all_true)
        if len(true) > settings.max_labels:
            true = list(self.draw.permutation(true)[:settings.max_labels])
        limit = settings.max_labels
        if self.draw.random() < settings.fewer:
            limit = int(round(2 * (settings.max_labels / 2) ** self.draw.random()))
        room = max(limit, min(len(true) + 1, settings.max_labels)) - len(true)
        nearest = []
        if "nearest" in own and true and self.draw.random() < settings.nearest:
            nearest = [label for label in own["nearest"][true[0]] if label not in is_true][:room]
        taken = is_true.union(nearest)
        wrong = self.draw.permutation([label for label in candidates if label not in taken])
        return true, (nearest + list(wrong))[:max(0, room)]

    def reworded(self, name, label, wording):
        """One other wording for all rows of a set in the batch."""
        if label not in wording:
            others = self.wordings[name].get(label)
            wording[label] = others[self.draw.integers(len(others))] if others else label
        return wording[label]

    def label_ids(self, shown):
        if shown not in self.known:
            if len(self.known) > KNOWN_LABELS:
                self.known.clear()
            self.known[shown] = self.words.label(shown)
        return self.known[shown]
