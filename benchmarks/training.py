"""Times training in PyTorch beside Taxon: the same models, the same batches, in turns in one run.

    python -m venv .venv && .venv/bin/pip install -r benchmarks/requirements.txt
    .venv/bin/python benchmarks/training.py --out docs/benchmarks/training.json

A batch is 16 rows of 20 to 120 tokens, 60 in the mean. Weights are random, which speed does not depend on, and the same on both
sides, whose first losses must agree. Cases: `full`, fine-tuning of a late-mixing model of bge-small's shape; `lora`, adapters of
rank 16 on every linear layer of the same model and its heads; `joint`, the same of a checkpoint in the reference's layout and
edge's shape.

PyTorch trains padded batches under bf16 autocast with scaled-dot-product attention, distinct labels encoded once a batch, fused
AdamW and, for adapters, PEFT; eagerly and compiled, with the base's weights in fp32 and, for adapters, in bf16 as well; its best
counts. Taxon trains as its launcher starts it, in bf16. Tokens count without padding, distinct labels once.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

import torch
from gliclass import GLiClassModel
from peft import LoraConfig, get_peft_model
from torch.nn import functional

from late_mixing import LateMixing, padded
from reference import ROOT, machine, names, numbers
from shapes import SHAPES, checkpoint, markers

ROWS = 16
RANK = 16
BETAS = (0.9, 0.98)


def late_mixing_batch(draw, labels):
    rows = [[101] + draw.choices(range(1000, 30000), k=length - 2) + [102] for length in lengths(draw)]
    names = [draw.choices(range(1000, 30000), k=draw.randint(1, 4)) + [102] for _ in range(labels)]
    return dict(rows=rows, labels=names, true=[draw.randrange(labels) for _ in rows])


def joint_batch(draw, labels, encoder):
    mark, separator, _ = markers(encoder)
    prompt = [token for _ in range(labels) for token in [mark] + draw.choices(range(1000, 30000), k=2)] + [separator]
    rows = [prompt + draw.choices(range(1000, 30000), k=length) for length in lengths(draw)]
    return dict(rows=rows, marks=[3 * label for label in range(labels)], separator=3 * labels,
                true=[draw.randrange(labels) for _ in rows])


def lengths(draw):
    return [round(draw.triangular(20, 120, 40)) for _ in range(ROWS)]


def tokens(batch):
    return sum(map(len, batch["rows"])) + sum(len(label) + 1 for label in batch.get("labels", []))


def joint_inputs(batch):
    ids, mask = padded(batch["rows"])
    return dict(input_ids=ids, attention_mask=mask.long())


class Trainer:
    """One way of training in PyTorch."""

    def __init__(self, module, logits, learning, binary, compiled):
        self.logits = torch.compile(logits, dynamic=True) if compiled else logits
        self.binary = binary
        self.parameters = [parameter for parameter in module.parameters() if parameter.requires_grad]
        matrices = [parameter for parameter in self.parameters if parameter.dim() > 1]
        vectors = [parameter for parameter in self.parameters if parameter.dim() < 2]
        groups = [dict(params=matrices, weight_decay=0.01), dict(params=vectors, weight_decay=0.)]
        self.optimizer = torch.optim.AdamW(groups, lr=learning, betas=BETAS, fused=True)

    def step(self, inputs, targets):
        self.optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.logits(**inputs)
        # The reference's logits have room for more labels than a batch shows.
        logits = logits[:, :targets.shape[1]].float()
        single = torch.log_softmax(logits, 1).mul(targets).sum(1).neg()
        each = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none").sum(1)
        loss = (single + self.binary * each).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        return loss.item()


def full(folder, variant):
    module = LateMixing.load(SHAPES["bge-small"](), folder)
    module.model.encoder_model.embeddings.word_embeddings.requires_grad_(False)
    return Trainer(module, module, 2e-5, 1.0, "compiled" in variant)


def adapted(module, variant):
    if "bf16 base" in variant:
        module = module.to(torch.bfloat16)
    layers = [name for name, layer in module.named_modules() if isinstance(layer, torch.nn.Linear)]
    return get_peft_model(module, LoraConfig(r=RANK, lora_alpha=2 * RANK, lora_dropout=0., target_modules=layers))


def lora(folder, variant):
    module = adapted(LateMixing.load(SHAPES["bge-small"](), folder), variant)
    return Trainer(module, module, 1e-4, 0.1, "compiled" in variant)


def joint(folder, variant):
    module = adapted(GLiClassModel.from_pretrained(folder).eval(), variant)
    return Trainer(module, lambda **inputs: module(**inputs).logits, 1e-4, 0.1, "compiled" in variant)


TRAINERS = dict(full=full, lora=lora, joint=joint)


class Taxon:
    """Taxon's trainer in a process of its own, which takes a step whenever it is told a batch."""

    def __init__(self, case, folder, batches):
        classpath = f"{ROOT}/cli/target/taxon-cli.jar:{(ROOT / 'cli/target/classpath').read_text().strip()}"
        settings = dict(MALLOC_ARENA_MAX="2", MALLOC_MMAP_THRESHOLD_="1073741824", MALLOC_TRIM_THRESHOLD_="2147483648",
                        MALLOC_TOP_PAD_="67108864", GOMP_SPINCOUNT="3000")
        self.process = subprocess.Popen(
            ["java", "-XX:+UseSerialGC", "-cp", classpath, str(ROOT / "benchmarks/TrainingSpeed.java"), case, folder, batches],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings})

    def step(self, batch):
        """Seconds, seconds of CPU time and loss."""
        self.process.stdin.write(f"{batch}\n")
        self.process.stdin.flush()
        return tuple(map(float, self.process.stdout.readline().split()))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def step(trainer, inputs):
    start, used = time.perf_counter(), time.process_time()
    loss = trainer.step(*inputs)
    return time.perf_counter() - start, time.process_time() - used, loss


def inputs_of(case, batch, labels):
    inputs = joint_inputs(batch) if case == "joint" else LateMixing.inputs(batch)
    return inputs, functional.one_hot(torch.tensor(batch["true"]), labels).float()


def cell(case, labels, folder, variants, arguments):
    """Everyone takes a step on each batch in turn, so that what else the machine does meets all alike."""
    draw = random.Random(17)
    batches = [joint_batch(draw, labels, SHAPES["edge"]()) if case == "joint" else late_mixing_batch(draw, labels)
               for _ in range(arguments.batches)]
    file = pathlib.Path(folder) / f"{case}-{labels}.json"
    file.write_text(json.dumps(batches))
    inputs = [inputs_of(case, batch, labels) for batch in batches]
    taxon = Taxon(case, folder, str(file))
    steps = {name: lambda number, trainer=trainer: step(trainer, inputs[number]) for name, trainer in variants.items()}
    steps["taxon"] = taxon.step
    # Twice, since the second step on a shape is the first that finds all prepared.
    firsts = {name: [[run(number)[2] for number in range(len(batches))] for _ in range(2)][0][0] for name, run in steps.items()}
    found = {name: [] for name in steps}
    for _ in range(arguments.turns):
        for number in range(len(batches)):
            for name, run in steps.items():
                found[name].append(run(number)[:2])
    taxon.close()
    return dict(case=case, labels=labels, tokens=sum(map(tokens, batches)) / len(batches), first_losses=firsts,
                seconds=summary(found, 0, batches), cpu_seconds=summary(found, 1, batches))


def summary(found, kind, batches):
    """Tokens a second, medians over steps; Taxon to the best of PyTorch, step by step: quartiles."""
    times = {name: [one[kind] for one in own] for name, own in found.items()}
    rates = {name: statistics.median(tokens(batches[number % len(batches)]) / time for number, time in enumerate(own))
             for name, own in times.items()}
    best = max((name for name in rates if name != "taxon"), key=rates.get)
    ratios = [theirs / own for theirs, own in zip(times[best], times["taxon"])]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    return dict(tokens_per_second=rates, best=best, ratio=middle, quartiles=[low, high])


def measure(case, arguments):
    variants = [variant for variant in arguments.variants if case != "full" or "bf16 base" not in variant]
    with tempfile.TemporaryDirectory() as folder:
        if case == "joint":
            checkpoint("edge", folder)
        else:
            LateMixing.checkpoint(SHAPES["bge-small"](), folder)
        found = []
        for labels in arguments.labels:
            trainers = {variant: TRAINERS[case](folder, variant) for variant in variants}
            found.append(cell(case, labels, folder, trainers, arguments))
            print(json.dumps(found[-1]), flush=True)
            torch._dynamo.reset()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=names, default=list(TRAINERS))
    parser.add_argument("--labels", type=numbers, default=[4, 16])
    parser.add_argument("--variants", type=names, default=["eager", "compiled", "eager bf16 base", "compiled bf16 base"])
    parser.add_argument("--batches", type=int, default=6)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path, help="cases measured now replace those in it")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(5)
    found = {}
    for case in arguments.cases:
        found[case] = measure(case, arguments)
        if arguments.out:
            before = json.loads(arguments.out.read_text())["cases"] if arguments.out.exists() else {}
            arguments.out.write_text(json.dumps(dict(machine=machine(), cases={**before, **found}), indent=1) + "\n")


if __name__ == "__main__":
    main()
