"""What speaks for a scale and a bias: on research rows that chose no shares, likelihood by scale, F1 by the cosine at one half.

    python calibrate.py --prepared PREPARED --base BASE --second SECOND --runs RUNS

The likeliest scale is read off, and the bias is minus the scale times the best cosine.
"""

import argparse
import pathlib
import statistics

import torch
from torch.nn import functional

from blend import add_shares, read_blended
from encoder import MARK, padded_attention
from judge import Judge
from prepared import Prepared

ROWS = 400, 500
SCALES = (16, 20, 24, 28, 32)
HALVES = (.58, .6, .61, .62, .63, .64, .65, .66, .68)


def micro_f1(tasks, half):
    """Of all answers to all labels, where a label holds if its cosine is above half."""
    right = shown = asked = 0
    for cosines, true in tasks:
        found, wanted = cosines > half, functional.one_hot(true, cosines.shape[1]).bool()
        right, shown, asked = right + int((found & wanted).sum()), shown + int(found.sum()), asked + len(true)
    return 2 * right / (shown + asked)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_shares(parser)
    parser.add_argument("--prepared", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    weights, _, words = read_blended(arguments)
    judge = Judge(Prepared(arguments.prepared).read("judged"), *ROWS, padded_attention)
    tasks = [(cosines, torch.from_numpy(true).long()) for cosines, true in judge.cosines(weights, words, weights[MARK]).values()]
    for scale in SCALES:
        print(f"scale {scale}: {statistics.fmean(float(functional.cross_entropy(own * scale, true)) for own, true in tasks):.3f}")
    for half in HALVES:
        print(f"cosine {half}: {micro_f1(tasks, half):.3f}")


if __name__ == "__main__":
    main()
