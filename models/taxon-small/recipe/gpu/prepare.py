"""Tokenises all sets once, and packs what the runs need into a folder that travels.

    python prepare.py --data DATA --derived DERIVED --base BASE --out PREPARED

DATA has train/clean and train/research, DERIVED the four derived sets, BASE is what benchmarks/BaseEncoder.java writes. Of the
research tasks, which nothing is trained on, 500 rows each go along to be judged.
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import shutil

import numpy
import torch

from encoder import Encoder, embed, read_base
from judge import TASKS
from prepared import Prepared, bounds

HERE = pathlib.Path(__file__).parent
TEXT_TOKENS = 126
TEXT_CHARACTERS = 4000
JUDGED_ROWS = 500
NEAREST = 24
LABELS_OF_A_BATCH = 64

# Inference and logic puzzles, whose labels say nothing about a text alone.
EXCLUDED = set("ar_lsat folio med_monotonicity prontoqa proofwriter quora_duplicates scitail snli".split())

# Frequent words of the texts are labels that the teachers are asked about too; these name nothing.
NAMELESS = set("""
    this that with have from they will would there their what about which when your were been more some them then than into only
    other could also just like over such after most where here these those very much many being because before while each both same does
    doing done said says even still well back make made know want need going goes went come came take took give gave get got let may
    might must should shall since through under again against between during without within upon per via yes""".split())


def rows_of(file):
    with gzip.open(file, "rt") as lines:
        return [json.loads(line) for line in lines]


def name_of(file):
    return file.name.removesuffix(".jsonl.gz")


def tokenised(file, words):
    """Texts one after another with their lengths, labels, and which of them each row has (all: none where rows share them)."""
    rows = rows_of(file)
    texts = words.texts([row["text"][:TEXT_CHARACTERS] for row in rows], TEXT_TOKENS)
    labels = sorted({label for row in rows for label in row["all_labels"]})
    numbers = {label: number for number, label in enumerate(labels)}
    shared = all(row["all_labels"] == rows[0]["all_labels"] for row in rows)
    print(f"{name_of(file):28} {len(rows):6} rows, {len(labels):6} labels", flush=True)
    return dict(
        lengths=numpy.array([len(text) for text in texts], dtype=numpy.uint16), ids=numpy.concatenate(texts), labels=labels,
        shared=shared, true=[[numbers[label] for label in row["true_labels"]] for row in rows],
        all=None if shared else [[numbers[label] for label in row["all_labels"]] for row in rows])


def frequent_words(files):
    """The 3,900 words of four letters or more that most texts have after the first hundred."""
    counts = collections.Counter()
    for file in files:
        for row in rows_of(file):
            counts.update(set(re.findall(r"[a-z]{4,}", row["text"].lower())) - NAMELESS)
    return sorted(counts, key=lambda word: (-counts[word], word))[100:4000]


def add_nearest(sets, words, base):
    """For each label of a set with many, those that the base embeds nearest to it: hard to tell apart."""
    weights, table = base
    for own in sets.values():
        if own["shared"] and len(own["labels"]) > 8:
            vectors = embed(Encoder(weights), table, [words.label(label) for label in own["labels"]], LABELS_OF_A_BATCH)
            nearest = (vectors @ vectors.T).argsort(1, descending=True)[:, 1:1 + NEAREST]
            own["nearest"] = nearest.to(torch.int16).numpy()


def judged(files, words):
    """Rows of research tasks with one true label, drawn anew: those of a task in a row, so that later ones stay unseen."""
    draw = numpy.random.default_rng(5)
    tasks = {}
    for name in TASKS:
        own = tokenised(files[name], words)
        at = bounds(own["lengths"])
        single = [number for number, true in enumerate(own["true"]) if len(true) == 1 and own["shared"]]
        chosen = draw.permutation(single)[:JUDGED_ROWS]
        tasks[name] = dict(
            texts=[own["ids"][at[number]:at[number + 1]] for number in chosen],
            true=numpy.array([own["true"][number][0] for number in chosen]),
            labels=own["labels"], label_ids=[words.label(label) for label in own["labels"]])
    return tasks


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "derived", "base", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(arguments.base / "tokenizer.json", arguments.out)
    prepared = Prepared(arguments.out)
    words, base = prepared.words(), read_base(arguments.base)
    prepared.write_base(*base)
    clean = sorted((arguments.data / "train/clean").glob("*.jsonl.gz"))
    files = clean + sorted(arguments.derived.glob("*.jsonl.gz"))
    sets = {name_of(file): tokenised(file, words) for file in files if name_of(file) not in EXCLUDED}
    add_nearest(sets, words, base)
    wordings = json.loads((HERE / "wordings.json").read_text())
    prepared.write("train", dict(sets=sets, vocabulary=frequent_words(clean), wordings=wordings))
    research = {name_of(file): file for file in (arguments.data / "train/research").glob("*.jsonl.gz")}
    prepared.write("judged", judged(research, words))


if __name__ == "__main__":
    main()
