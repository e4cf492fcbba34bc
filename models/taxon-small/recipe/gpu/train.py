"""One run of the third stage: trains the base's encoder for a span of time.

    python train.py RUN --prepared PREPARED --out RUNS [--device cuda] [--set seconds=20 ...]

RUN is a name of runs.json. Writes delta-RUN.pt, what the run changed of each of the encoder's weights and the mark as it is, and
log-RUN.json. Word embeddings stay the base's. The rate follows the clock, so that a run ends when its time does; on another
machine it takes another number of steps.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import time

import torch
from torch.utils.data import DataLoader

from encoder import MARK, START, Encoder, attention_for
from objective import divergence, supervised
from prepared import Prepared
from sampler import Batches
from settings import Settings

BETAS = (0.9, 0.98)
LOGGED_STEPS = 100
WORKERS = 2
SMALLEST_RATE = 1e-3


class Teacher:
    def __init__(self, file, device):
        saved = torch.load(file, map_location="cpu")
        self.starts = saved["starts"]
        self.numbers = {name: number for number, name in enumerate(saved["names"])}
        self.texts, self.labels = saved["texts"].to(device).float(), saved["labels"].to(device).float()

    def cosines(self, texts, labels):
        device = self.texts.device
        numbers = torch.tensor([self.numbers[name] for name in labels]).to(device)
        return self.texts[texts.to(device)] @ self.labels[numbers].T


class Flat:
    """Weights of one group as a single parameter, whose update is then one kernel."""

    def __init__(self, weights):
        self.names = list(weights)
        self.shapes = [weight.shape for weight in weights.values()]
        self.parameter = torch.cat([weight.flatten() for weight in weights.values()]).requires_grad_()

    def weights(self, kind):
        parts = self.parameter.to(kind).split([shape.numel() for shape in self.shapes])
        return {name: part.view(shape) for name, part, shape in zip(self.names, parts, self.shapes)}


class Student:
    """The encoder, the mark, scale and bias as they learn."""

    def __init__(self, base, words, settings):
        self.words, self.settings, device = words, settings, words.device
        self.groups = [Flat({name: weight for name, weight in base.items() if (weight.dim() > 1) == matrices})
                       for matrices in (True, False)]
        self.mark = words[START].clone().requires_grad_()
        self.scale = torch.tensor(settings.logit_scale, device=device, requires_grad=True)
        self.bias = torch.tensor(settings.logit_bias, device=device, requires_grad=True)
        matrices, vectors = (group.parameter for group in self.groups)
        heads = [self.mark, self.scale, self.bias]
        self.parameters = [matrices, vectors, *heads]
        self.optimizer = torch.optim.AdamW([
            dict(params=[matrices], weight_decay=settings.decay, full_rate=settings.rate),
            dict(params=[vectors], weight_decay=0., full_rate=settings.rate),
            dict(params=heads, weight_decay=0., full_rate=settings.head_rate)], betas=BETAS, eps=1e-8, fused=True)

    def weights(self, kind):
        return {name: weight for group in self.groups for name, weight in group.weights(kind).items()}

    def cosines(self, pack, attention):
        """Of texts and all labels of a pack."""
        kind = torch.float32 if self.words.device.type == "cpu" else torch.bfloat16
        vectors = Encoder(self.weights(kind), attention)(pack, self.words, self.mark)
        return vectors[:pack.texts] @ vectors[pack.texts:].T

    def loss(self, cosines, batch):
        """Supervised, and the share of rows whose best label is true; on the labels of rows alone."""
        device = self.words.device
        own, targets, single = (tensor.to(device, non_blocking=True) for tensor in (batch.own, batch.targets, batch.single))
        logits = cosines[:, :own.shape[1]] * self.scale + self.bias
        return supervised(logits, own, targets, single, self.settings.focal_gamma, self.settings.softmax_weight)

    def update(self, loss, share):
        """One step at a share of the full rates: the gradient's norm."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["full_rate"] * share
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, self.settings.max_gradient_norm)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return norm

    @torch.no_grad()
    def delta(self, base):
        change = {name: weight - base[name] for name, weight in self.weights(torch.float32).items()}
        return {name: tensor.half().cpu() for name, tensor in {**change, MARK: self.mark}.items()}


def rate_share(elapsed, warm):
    """Elapsed is the share of the run's time that is over."""
    share = elapsed / warm if elapsed < warm else (1 - elapsed) / (1 - warm)
    return max(share, SMALLEST_RATE)


def train(student, teacher, batches, attention):
    """Until the time is up: the log."""
    settings, device = student.settings, student.words.device
    log, sums, step, rows, batch = [], torch.zeros(4, device=device), 0, 0, next(batches)
    begun = time.time()
    while (elapsed := (time.time() - begun) / settings.seconds) < 1:
        cosines = student.cosines(batch.pack.to(device), attention)
        loss, best = student.loss(cosines, batch)
        apart = divergence(cosines, teacher.cosines(batch.texts, batch.labels), settings.teacher_scale)
        norm = student.update(loss + settings.divergence * apart, rate_share(elapsed, settings.warm))
        sums += torch.stack([loss.detach(), apart.detach(), best, norm])
        step, rows = step + 1, rows + len(batch.own)
        if step % LOGGED_STEPS == 0:
            means = [round(mean, 4) for mean in (sums / LOGGED_STEPS).tolist()]
            entry = dict(step=step, rows=rows, seconds=round(time.time() - begun, 1))
            log.append({**entry, **dict(zip(("loss", "divergence", "correct", "gradient_norm"), means))})
            print(json.dumps(log[-1]), flush=True)
            sums.zero_()
        batch = next(batches)
    return log


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("--prepared", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings other than the run's")
    arguments = parser.parse_args()
    changed = {name: json.loads(value) for name, value in (pair.split("=", 1) for pair in arguments.set)}
    settings, prepared = Settings.of(arguments.run, **changed), Prepared(arguments.prepared)
    torch.set_num_threads(1 if arguments.device != "cpu" else os.cpu_count())
    teacher = Teacher(arguments.out / f"teacher-{settings.teacher}.pt", arguments.device)
    drawn = Batches(prepared.read("train"), prepared.words(), settings, teacher.starts)
    batches = iter(DataLoader(
        drawn, batch_size=None, num_workers=WORKERS, prefetch_factor=8, pin_memory=arguments.device != "cpu"))
    base, words = prepared.read_base(arguments.device)
    student = Student(base, words, settings)
    log = train(student, teacher, batches, attention_for(arguments.device))
    torch.save(student.delta(base), arguments.out / f"delta-{arguments.run}.pt")
    result = dict(settings=dataclasses.asdict(settings), scale=student.scale.item(), bias=student.bias.item(), log=log)
    (arguments.out / f"log-{arguments.run}.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
