"""Writes the derived set quora_match: which of eight questions asks the same as the text.

    python derive_quora.py DATA/train/clean DERIVED

quora_duplicates itself is left out of training, since whether two questions are the same is told from no single text; found among
other questions, the same one is a label that means what the text means.
"""

import gzip
import json
import pathlib
import random
import sys

NAMES = ("question", "sentence", "q1", "q2", "first", "second")
OTHERS = 7


def questions(text):
    """The two of a row, without what names them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [line.split(": ", 1)[1] if line.lower().startswith(NAMES) and ": " in line else line for line in lines]


def main(clean, derived):
    random.seed(3)
    same, known = [], []
    with gzip.open(pathlib.Path(clean) / "quora_duplicates.jsonl.gz", "rt") as rows:
        for row in map(json.loads, rows):
            pair = questions(row["text"])
            if len(pair) == 2:
                known.append(pair[1])
                if row["true_labels"][0].startswith(("dup", "same", "para")):
                    same.append(pair)
    with gzip.open(pathlib.Path(derived) / "quora_match.jsonl.gz", "wt") as out:
        for text, match in same:
            labels = [other for other in random.sample(known, OTHERS + 1) if other not in (text, match)][:OTHERS] + [match]
            random.shuffle(labels)
            out.write(json.dumps({"text": text, "all_labels": labels, "true_labels": [match]}) + "\n")
    print(f"{len(same)} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
