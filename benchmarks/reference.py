"""Times the Python reference beside Taxon, cell by cell in one run, on checkpoints of the released shapes.

    python -m venv .venv && .venv/bin/pip install -r benchmarks/requirements.txt
    .venv/bin/python benchmarks/reference.py --out docs/benchmarks/engine.json

The checkpoints have random weights (speed does not depend on them). The reference runs with two threads, in inference
mode, with scaled-dot-product attention, warmed up, in what --reference names of fp32, bf16 and compiled bf16; its best
counts.
Taxon runs as a user runs it: `./taxon bench`. Both read the same shapes: each label its mark and two tokens, the text's
mark, and the text. What is measured in turns is one pair of labels and length, all batches. The ceiling is the rate of
the products alone that the cell asks for, in bf16, by the faster of libtorch's two ways.
"""

import argparse
import json
import pathlib
import platform
import statistics
import subprocess
import tempfile
import time

import torch
from gliclass import GLiClassModel

from shapes import SHAPES, checkpoint, markers

ROOT = pathlib.Path(__file__).resolve().parent.parent
# More tokens a batch than these would be measured by the minute.
MOST_TOKENS = 10_000


def sequence(labels, length):
    return 3 * labels + 1 + length


def rows(encoder, labels, length, batch):
    mark, separator, _ = markers(encoder)
    generator = torch.Generator().manual_seed(7)
    ids = torch.randint(1000, 30000, (batch, sequence(labels, length)), generator=generator)
    ids[:, 0:3 * labels:3] = mark
    ids[:, 3 * labels] = separator
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def median_seconds(call, seconds):
    """The median over repeats that together take the time given."""
    with torch.inference_mode():
        first = time.perf_counter()
        call()
        if time.perf_counter() - first < seconds:
            call()
        times = []
        while sum(times) < seconds or len(times) < 3:
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
            if times[0] > seconds and len(times) == 2:
                break
    return statistics.median(times)


def reference(model, encoder, labels, length, batch, seconds):
    inputs = rows(encoder, labels, length, batch)
    return batch / median_seconds(lambda: model(**inputs), seconds)


def ceiling(encoder, labels, length, batch):
    """Rows a second if only the products of the encoder's layers took time."""
    hidden, inner = encoder.hidden_size, encoder.intermediate_size
    tokens = sequence(labels, length) * batch
    raised = 2 * inner if encoder.model_type == "modernbert" else inner
    total = sum(product(tokens, into, out) for into, out in
                [(hidden, 3 * hidden), (hidden, hidden), (hidden, raised), (inner, hidden)])
    return batch / (total * encoder.num_hidden_layers)


def product(tokens, into, out):
    x = torch.randn(tokens, into).bfloat16()
    weight = torch.randn(out, into).bfloat16()
    plain = median_seconds(lambda: torch.nn.functional.linear(x, weight), 0.05)
    try:
        packed = torch.ops.mkldnn._reorder_linear_weight(weight, None)
        laid_out = median_seconds(
            lambda: torch.ops.mkldnn._linear_pointwise(x, packed, None, "none", [], "none"), 0.05)
    except RuntimeError:
        laid_out = plain
    return min(plain, laid_out)


def taxon(folder, labels, length, batches, precision):
    command = [str(ROOT / "taxon"), "bench", "--model", folder, "--labels", str(labels), "--lengths", str(length),
               "--batches", ",".join(map(str, batches)), "--precision", precision, "--json"]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if answer.returncode != 0:
        raise SystemExit("taxon bench failed, see above")
    return {cell["batch"]: cell["examples_per_second"] for cell in json.loads(answer.stdout)["cells"]}


def group(models, encoder, folder, labels, length, batches, arguments):
    """Cells of one pair of labels and length: medians over turns, as other guests of the machine come and go."""
    turns = {batch: [] for batch in batches}
    for _ in range(arguments.turns):
        own = {precision: taxon(folder, labels, length, batches, precision) for precision in arguments.precisions}
        for batch in batches:
            rates = {name: reference(model, encoder, labels, length, batch, arguments.seconds)
                     for name, model in models.items()}
            best = max(rates.values())
            for precision in arguments.precisions:
                rates[f"taxon_{precision}"] = own[precision][batch]
                rates[f"ratio_{precision}"] = own[precision][batch] / best
            rates["ceiling"] = ceiling(encoder, labels, length, batch)
            turns[batch].append(rates)
    return [dict(labels=labels, length=length, batch=batch,
                 **{key: statistics.median(turn[key] for turn in found) for key in found[0]})
            for batch, found in turns.items()]


def measure(shape, arguments):
    encoder = SHAPES[shape]()
    cells = []
    with tempfile.TemporaryDirectory() as folder:
        models = {"fp32": checkpoint(shape, folder)} if "fp32" in arguments.reference else {}
        if not models:
            checkpoint(shape, folder)
        if "bf16" in arguments.reference:
            models["bf16"] = GLiClassModel.from_pretrained(folder).eval().to(torch.bfloat16)
        if "compiled" in arguments.reference:
            models["compiled"] = torch.compile(GLiClassModel.from_pretrained(folder).eval().to(torch.bfloat16))
        for labels in arguments.labels:
            for length in arguments.lengths:
                tokens = sequence(labels, length)
                batches = [batch for batch in arguments.batches if batch * tokens <= MOST_TOKENS]
                if encoder.model_type == "bert" and tokens > encoder.max_position_embeddings or not batches:
                    continue
                for cell in group(models, encoder, folder, labels, length, batches, arguments):
                    print(shape, {key: round(value, 2) for key, value in cell.items()}, flush=True)
                    cells.append(cell)
                torch._dynamo.reset()
    return cells


def summary(cells, arguments):
    found = {}
    for precision in arguments.precisions:
        ratios = [cell[f"ratio_{precision}"] for cell in cells]
        found[precision] = dict(least=min(ratios), geometric_mean=statistics.geometric_mean(ratios))
    return found


def machine():
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    features = [name for name in ("amx_bf16", "avx512_bf16", "avx512_vnni", "avx512f", "avx2") if name in flags]
    return dict(platform=platform.platform(), threads=torch.get_num_threads(), features=features, torch=torch.__version__)


def numbers(text):
    return [int(number) for number in text.split(",")]


def names(text):
    return text.split(",")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shapes", type=names, default=list(SHAPES))
    parser.add_argument("--labels", type=numbers, default=[1, 8, 32, 128])
    parser.add_argument("--lengths", type=numbers, default=[64, 256, 512])
    parser.add_argument("--batches", type=numbers, default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement of the reference")
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--reference", type=names, default=["fp32", "bf16"], help="of fp32, bf16, compiled")
    parser.add_argument("--precisions", type=names, default=["auto"], help="Taxon's, each measured")
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    found = {}
    for shape in arguments.shapes:
        cells = measure(shape, arguments)
        found[shape] = dict(summary(cells, arguments), cells=cells)
        print(shape, {key: value for key, value in found[shape].items() if key != "cells"}, flush=True)
        if arguments.out:
            arguments.out.write_text(json.dumps(dict(machine=machine(), shapes=found), indent=1) + "\n")


if __name__ == "__main__":
    main()
