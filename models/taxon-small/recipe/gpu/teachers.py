"""Once, what the teachers, the base and the second version, make of every training text and label.

    python teachers.py --prepared PREPARED --second SECOND --out RUNS [--device cuda]

A label's vector is the mean over three frames, which is steadier than any one. SECOND is the folder of the second version.
"""

import argparse
import pathlib

import torch
from torch.nn import functional

from encoder import MARK, TEXT_LIMIT, Encoder, attention_for, cast, embed, read_model
from prepared import Prepared, bounds

FRAMES = ["{label}", "This text is about {label}.", "topic: {label}"]
LABEL_LIMIT = 64


def texts_of(sets):
    """All texts, and the number of each set's first."""
    texts, starts = [], {}
    for name in sorted(sets):
        at, starts[name] = bounds(sets[name]["lengths"]), len(texts)
        texts += [sets[name]["ids"][first:last] for first, last in zip(at, at[1:])]
    return texts, starts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("prepared", "second", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--device", default="cuda")
    arguments = parser.parse_args()
    prepared = Prepared(arguments.prepared)
    data, words = prepared.read("train"), prepared.words()
    base, table = prepared.read_base(arguments.device)
    second = {name: tensor.to(arguments.device) for name, tensor in read_model(arguments.second).items()}
    texts, starts = texts_of(data["sets"])
    labels = sorted({label for own in data["sets"].values() for label in own["labels"]} | set(data["vocabulary"]))
    attention = attention_for(arguments.device)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, weights, mark in (("base", base, None), ("second", second, second[MARK])):
        encoder = Encoder(cast({key: weights[key] for key in base}, arguments.device), attention)
        frames = [[words.label(frame.replace("{label}", label)) for label in labels] for frame in FRAMES]
        framed = sum(embed(encoder, table, frame, LABEL_LIMIT, mark) for frame in frames)
        vectors = dict(texts=embed(encoder, table, texts, TEXT_LIMIT).half(), labels=functional.normalize(framed, dim=-1).half())
        torch.save(dict(vectors, names=labels, starts=starts), arguments.out / f"teacher-{name}.pt")
        print(f"{name}: {len(texts)} texts, {len(labels)} labels", flush=True)


if __name__ == "__main__":
    main()
