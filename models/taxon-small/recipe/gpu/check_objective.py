"""Holds objective.py against Taxon's own trainer: the loss of one drawn batch by both, in fp32.

    python check_objective.py --prepared PREPARED --base BASE --model MODEL

MODEL is a folder of taxon-small with silent heads; Taxon is built (cli/target). The batch is drawn by sampler.py as a run's is, but
smaller; the trainer, LateMixingTrainer with its packed program late_mixing_training, takes one step on it and says its loss.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import torch

from encoder import MARK, Encoder, read_base, read_model
from objective import supervised
from prepared import Prepared
from sampler import Batches
from settings import Settings

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
LARGEST = 1e-5


def sequences(pack):
    """The ids of each of a pack's sequences."""
    bounds = pack.bounds.tolist()
    return [pack.ids[first:last].tolist() for first, last in zip(bounds, bounds[1:])]


def as_json(batch):
    """The batch as LossOfBatch.java reads it: labels without their mark's place."""
    texts, labels = sequences(batch.pack)[:batch.pack.texts], sequences(batch.pack)[batch.pack.texts:]
    rows = []
    for ids, own, targets, single in zip(texts, batch.own, batch.targets, batch.single):
        numbers = own.nonzero().flatten()
        rows.append(dict(ids=ids, labels=numbers.tolist(), targets=targets[numbers].tolist(), single=bool(single)))
    return dict(rows=rows, labels=[ids[1:] for ids in labels])


def loss_of_taxon(batch, model):
    classpath = f"{ROOT}/cli/target/taxon-cli.jar:{(ROOT / 'cli/target/classpath').read_text().strip()}"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(as_json(batch), file)
        file.flush()
        done = subprocess.run(["java", "-cp", classpath, str(HERE / "LossOfBatch.java"), str(model), file.name],
                              check=True, stdout=subprocess.PIPE, text=True)
    loss, correct = map(float, done.stdout.split())
    return loss, correct / len(batch.own)


@torch.no_grad()
def loss_of_script(batch, weights, words, settings):
    vectors = Encoder(weights)(batch.pack, words, weights[MARK])
    cosines = vectors[:batch.pack.texts] @ vectors[batch.pack.texts:].T
    logits = cosines[:, :batch.own.shape[1]] * weights["model.logit_scale"] + weights["model.logit_bias"]
    loss, correct = supervised(logits, batch.own, batch.targets, batch.single, settings.focal_gamma, settings.softmax_weight)
    return loss.item(), correct.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("prepared", "base", "model"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    prepared = Prepared(arguments.prepared)
    data = prepared.read("train")
    settings = Settings.of("ship1", rows=16, max_labels=12, pool=16)
    starts = dict.fromkeys(data["sets"], 0)
    batch = next(iter(Batches(data, prepared.words(), settings, starts)))
    weights, (_, words) = read_model(arguments.model), read_base(arguments.base)
    script, taxon = loss_of_script(batch, weights, words, settings), loss_of_taxon(batch, arguments.model)
    print(f"loss and share right: {script} by the script, {taxon} by the trainer; losses apart {abs(script[0] - taxon[0]):.1e}")
    print(f"{len(batch.own)} rows, {batch.own.sum()} labels shown, {batch.targets.sum():.0f} of them true")
    return abs(script[0] - taxon[0]) < LARGEST and abs(script[1] - taxon[1]) < LARGEST


if __name__ == "__main__":
    sys.exit(not main())
