"""Judges averages of runs on two spans of research rows, to choose which are kept and at what shares of the way from the base.

    python soup.py --prepared PREPARED --second SECOND --runs RUNS --out judged.jsonl [--device cuda]

Runs are ranked by their best share, and the best two, three, four and all of them averaged; the best three also with what the
second version changed. Nothing here trains: the research tasks say only which averages are kept.
"""

import argparse
import json
import pathlib

import torch

from averages import applied, delta_of, mean
from encoder import MARK, START, attention_for, read_model
from judge import Judge
from prepared import Prepared

ROWS = 200
SHARES = [(.4, .4), (.6, .6), (.8, .8), (1, 1), (.7, .2), (1, .3), (1, .6), (.8, .4)]
MORE_SHARES = SHARES + [(1.2, .6), (1.3, .3), (1.5, .5), (1, .8)]
SHARES_WITH_SECOND = [(1, 1), (1, .6), (.8, .8)]


class Table:
    """Judged averages, best first where asked."""

    def __init__(self, base, words, tasks, attention, out):
        self.base, self.words, self.out = base, words, out
        self.judges = [Judge(tasks, first, first + ROWS, attention) for first in (0, ROWS)]

    def look(self, title, delta, shares):
        """One number to rank by: of all tasks macro F1, and less of their accuracy and of the first tasks' macro F1."""
        weights = applied(self.base, delta, *shares)
        first, second = (judge(weights, self.words) for judge in self.judges)
        self.out.write(json.dumps(dict(title=title, shares=shares, first=first, second=second)) + "\n")
        self.out.flush()
        return sum(own["tasks"][0] + .3 * own["tasks"][1] + .3 * own["first_tasks"][0] for own in (first, second))

    def best(self, title, delta, all_shares):
        return max((self.look(title, delta, shares), shares) for shares in all_shares)


def look_at_all(table, runs, second):
    """Score, shares and title of the best average of runs alone."""
    base = {**{name: torch.zeros_like(weight) for name, weight in table.base.items()}, MARK: table.words[START]}
    table.look("base", base, (1, 1))
    table.look("second version", second, (1, 1))
    found = [(*table.best(name, delta, SHARES), name) for name, delta in runs.items()]
    ranked = [name for _, _, name in sorted(found, reverse=True)]
    for count in sorted({2, 3, 4, len(runs)}):
        if 1 < count <= len(runs):
            title = " + ".join(ranked[:count])
            found.append((*table.best(title, mean([runs[name] for name in ranked[:count]]), MORE_SHARES), title))
    best_three = mean([runs[name] for name in ranked[:3]])
    for weight in (.3, .5):
        title = f"best three with {weight} of the second version"
        found.append((*table.best(title, mean([best_three, second], [1 - weight, weight]), SHARES_WITH_SECOND), title))
    return max(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("prepared", "second", "runs", "out"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--device", default="cuda")
    arguments = parser.parse_args()
    device, prepared = arguments.device, Prepared(arguments.prepared)
    base, words = prepared.read_base(device)
    second = delta_of({name: tensor.to(device) for name, tensor in read_model(arguments.second).items()}, base)
    runs = {}
    for file in sorted(arguments.runs.glob("delta-*.pt")):
        saved = torch.load(file, map_location=device)
        runs[file.stem.removeprefix("delta-")] = {name: tensor.float() for name, tensor in saved.items()}
    with arguments.out.open("w") as out:
        table = Table(base, words, prepared.read("judged"), attention_for(device), out)
        score, shares, title = look_at_all(table, runs, second)
    print(f"best: {title} at {shares}, {score:.4f}")


if __name__ == "__main__":
    main()
