"""Writes the third version: the base, plus shares of what three runs changed in the mean and of what the second version changed.

    python blend.py --base BASE --second SECOND --runs RUNS --out MODEL

BASE is what benchmarks/BaseEncoder.java writes, SECOND the second version's folder. What is not the encoder's stays the second
version's, whose heads are silent. Scale and bias are what calibrate.py speaks for.
"""

import argparse
import pathlib
import shutil

import torch
from safetensors.torch import save_file

from averages import delta_of, mean, share_of
from encoder import MARK, read_base, read_model

KEPT_RUNS = ["ship1", "ship03", "ship03fast"]


def blended(base, runs, second, run_shares, second_shares):
    """The marks, which are whole, are averaged by the shares that their stages have in the middle."""
    weights = {name: weight + runs[name] * share_of(name, *run_shares) + second[name] * share_of(name, *second_shares)
               for name, weight in base.items()}
    of_runs, of_second = sum(run_shares) / 2, sum(second_shares) / 2
    return {**weights, MARK: (runs[MARK] * of_runs + second[MARK] * of_second) / (of_runs + of_second)}


def add_shares(parser):
    parser.add_argument("--run-shares", type=float, nargs=2, default=[.7, .2], help="in the first layer and in the last")
    parser.add_argument("--second-shares", type=float, nargs=2, default=[.3, .1])
    parser.add_argument("--kept", nargs="+", default=KEPT_RUNS, help="runs to average")
    for name in ("base", "second", "runs"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)


def read_blended(arguments):
    """The blend's encoder and mark, the second version's weights, and the words' table."""
    base, words = read_base(arguments.base)
    second = read_model(arguments.second)
    deltas = [torch.load(arguments.runs / f"delta-{name}.pt", map_location="cpu") for name in arguments.kept]
    runs = mean([{name: tensor.float() for name, tensor in delta.items()} for delta in deltas])
    return blended(base, runs, delta_of(second, base), arguments.run_shares, arguments.second_shares), second, words


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_shares(parser)
    parser.add_argument("--scale", type=float, default=24.)
    parser.add_argument("--bias", type=float, default=-15.3)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    weights, second, _ = read_blended(arguments)
    weights["model.logit_scale"] = torch.full_like(second["model.logit_scale"], arguments.scale)
    weights["model.logit_bias"] = torch.full_like(second["model.logit_bias"], arguments.bias)
    arguments.out.mkdir(parents=True, exist_ok=True)
    written = {name: weights.get(name, tensor).half().contiguous() for name, tensor in second.items()}
    save_file(written, arguments.out / "model.safetensors", metadata={"format": "pt"})
    shutil.copy(arguments.second / "config.json", arguments.out)


if __name__ == "__main__":
    main()
