"""Verifies on a machine with a GPU, which need have no JDK, that the packed programs run there, and times them.

    .venv/bin/python benchmarks/gpu.py prepare FOLDER --sets DATA     with the JDK: programs, packed sets, words
    python benchmarks/gpu.py check FOLDER --device cuda --out FILE    there: torch, numpy and safetensors are enough

Programs are packed for a GPU and called as the engine calls them: same executor, same packings, tables and label states
in main memory. Checked are the oracles in fp32, fp16 and bf16; taxon-small on evaluation sets, fp16 and bf16 beside fp32
and fp32 beside the CPU's; how fast these rows and others of given shapes are scored. The words' table has the rows of
tokens that occur, in fp16, and ids are numbered anew: the same for all that is compared.
"""

import argparse
import json
import pathlib
import statistics
import time
import traceback

import numpy
import torch

from packed_adapters import JOINED, KINDS, RECTANGLE, RUN, adapted, drawn
from packed_model import MODEL, ORACLES, PRECISIONS, Served, evaluation_sets, prepare, shape
from torch_programs import as_the_engine_runs, weights, worst

TOLERANCE = 2e-4
NEAR = 0.02
LABELS = [1, 8, 32, 128]
LENGTHS = [64, 256]
BATCHES = [1, 32, 128]


def oracles(options, precision, tf32):
    """The largest relative difference of each. cuDNN, which runs LSTMs and convolutions, may round its inputs (TF32)."""
    torch.backends.cudnn.allow_tf32 = tf32
    found = {}
    for folder in ORACLES:
        try:
            program = torch.jit.load(str(options.folder / precision / f"{folder.name}.pt"), map_location=options.device)
            found[folder.name] = worst(folder, program, options.device)
        except Exception:
            found[folder.name] = traceback.format_exc(limit=4)
        print(f"  {folder.name:32} {found[folder.name]}", flush=True)
    torch.backends.cudnn.allow_tf32 = True
    good = [value for value in found.values() if isinstance(value, float) and value <= TOLERANCE]
    return {"within": len(good), "of": len(ORACLES), "worst": found}


def agreement(found, exact, right):
    """Of logits [rows, labels] beside those in fp32, and the label that is right [rows]."""
    softmax = (found.softmax(1) - exact.softmax(1)).abs()
    sigmoid = (found.sigmoid() - exact.sigmoid()).abs()
    return {
        "rows": len(found),
        "probabilities": found.numel(),
        "softmax_near": int((softmax <= NEAR).sum()),
        "sigmoid_near": int((sigmoid <= NEAR).sum()),
        "same_best": int((found.argmax(1) == exact.argmax(1)).sum()),
        "right": int((found.argmax(1) == right).sum()),
        "right_fp32": int((exact.argmax(1) == right).sum()),
        "softmax_worst": float(softmax.max()),
        "sigmoid_worst": float(sigmoid.max()),
        "finite": bool(found.isfinite().all()),
    }


def told(name, own):
    print(f"  {name:20} rows {own['rows']:5}, within {NEAR}: softmax {100 * own['softmax_near'] / own['probabilities']:.3f}%"
          f" sigmoid {100 * own['sigmoid_near'] / own['probabilities']:.3f}%, same best"
          f" {100 * own['same_best'] / own['rows']:.2f}%, right {100 * own['right'] / own['rows']:.2f}% (fp32"
          f" {100 * own['right_fp32'] / own['rows']:.2f}%), worst {own['softmax_worst']:.1e} {own['sigmoid_worst']:.1e}",
          flush=True)


def together(parts):
    counted = {key: sum(own[key] for own in parts) for key in parts[0] if not key.endswith("worst") and key != "finite"}
    worst_ones = {key: max(own[key] for own in parts) for key in parts[0] if key.endswith("worst")}
    return {**counted, **worst_ones, "finite": all(own["finite"] for own in parts)}


def parity(served, exact, sets):
    found = {}
    for name, (labels, batches) in sets.items():
        right = torch.cat([batch["right"] for batch in batches])
        found[name] = agreement(served.logits(labels, batches), exact[name], right)
        told(name, found[name])
    found["all"] = together(list(found.values()))
    told("all", found["all"])
    return found


def beside_the_cpu(options, served, sets):
    """Both in fp32: the largest difference of a logit and of a probability, over each set's last and smallest batch."""
    own = Served(options.folder, "FP32", "cpu")
    found = {}
    for name, (labels, batches) in sets.items():
        here = own.logits(labels, batches[-1:])
        there = served.logits(labels, batches[-1:])
        found[name] = {"rows": len(here), "logit": float((there - here).abs().max()),
                       "softmax": float((there.softmax(1) - here.softmax(1)).abs().max())}
        print(f"  {name:20} {found[name]}", flush=True)
    return found


def median_seconds(call, seconds):
    """Over repeats that together take the time given. Every call ends with its results in main memory."""
    call()
    call()
    times = []
    while sum(times) < seconds or len(times) < 3:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def real_rows(options, served, sets, places):
    """Rows a second over a batch of each set, whose rows differ in length, by where tables of shapes are; labels known."""
    states = {name: served.encode(labels) for name, (labels, _) in sets.items()}
    batches = {name: own[len(own) // 2] for name, (_, own) in sets.items()}
    rows = sum(len(batch["right"]) for batch in batches.values())
    found = {"rows": rows, "groups": sum(len(batch["table"]) for batch in batches.values())}
    for place in places:
        calls = [(states[name], {**batch, "table": batch["table"].to(place)}) for name, batch in batches.items()]
        taken = median_seconds(lambda: [served.score(call, own) for own, call in calls], options.seconds)
        found[f"tables on {place}"] = round(rows / taken, 1)
    print(f"  rows a second: {found}", flush=True)
    return found


def new_shapes(options, served, sets):
    """Seconds of a batch whose rows' shapes are met for the first time, and then again, where cuDNN may attend: it
    prepares for each shape, and newer GPUs are given to it first unless TORCH_CUDNN_SDPA_DEPRIORITIZED is set."""
    labels, batches = sets["trec"]
    states = served.encode(labels)
    found = {"groups": len(batches[0]["table"])}
    for chosen in [False, True]:
        torch.backends.cuda.enable_cudnn_sdp(chosen)
        times = []
        for _ in range(3):
            start = time.perf_counter()
            served.score(batches[0], states)
            times.append(round(time.perf_counter() - start, 4))
        found["with cuDNN" if chosen else "without"] = times
    torch.backends.cuda.enable_cudnn_sdp(False)
    print(f"  seconds: {found}", flush=True)
    return found


def throughput(options, served, end):
    """Examples a second by shape, label states known or encoded with every batch."""
    found = []
    vocabulary = len(numpy.load(options.folder / "words.npy", mmap_mode="r"))
    for length in LENGTHS:
        for rows in BATCHES:
            line = []
            for labels in LABELS:
                if rows * (length + labels) > options.most_tokens or time.perf_counter() > end:
                    continue
                batch, own = shape(vocabulary, rows, length, labels)
                states = served.encode(own)
                known = median_seconds(lambda: served.score(batch, states), options.seconds)
                fresh = median_seconds(lambda: served.score(batch, served.encode(own)), options.seconds)
                found.append({"labels": labels, "tokens": length, "batch": rows, "known_ms": 1000 * known,
                              "known": rows / known, "encoded": rows / fresh})
                line.append(f"{labels}: {rows / known:.0f} ({rows / fresh:.0f})")
            print(f"  {length} tokens, batch {rows:3}, by labels: {', '.join(line)}", flush=True)
    return found


# How rows with adapters of their own are grouped: each a run, joined, in rectangles as on a CPU and as on a GPU
# (GroupRules.java), and in one.
GROUPINGS = {
    "alone": (RUN, 1),
    "joined": (JOINED, 4),
    "rectangles": (RECTANGLE, 32, 1.5),
    "large rectangles": (RECTANGLE, 256, 2.0),
    "one rectangle": (RECTANGLE, 256, 100.0),
}


def many(served, kind, count):
    """So many adapters, of which every 32nd is the same."""
    own = drawn(served, weights(MODEL, "cpu"), kind, min(count, 32))
    return [own[number % len(own)] for number in range(count)]


def adapters_agree(served, sets):
    """Rows of a set, no two of 32 with one adapter: probabilities beside those in fp32 on the CPU, by precision and grouping."""
    labels, batches = sets["trec"]
    batch = batches[-1]
    rows = len(batch["right"])
    found = {}
    for kind in KINDS:
        logits = {}
        for precision, model in served.items():
            states = model.encode(labels)
            adapters = many(model, kind, rows)
            for grouping, arguments in GROUPINGS.items():
                scored = model.score(batch, states, adapted(batch, *arguments), adapters)
                logits[precision, grouping] = scored[:rows * len(states)].view(rows, -1)
        exact = logits["CPU", "rectangles"]
        plain = served["CPU"].logits(labels, batches[-1:])
        print(f"  {kind}: adapters change a probability by {float((exact.softmax(1) - plain.softmax(1)).abs().max()):.3f}")
        for (precision, grouping), scored in logits.items():
            found[f"{kind}; {precision}; {grouping}"] = agreement(scored, exact, batch["right"])
            told(f"{precision} {grouping}", found[f"{kind}; {precision}; {grouping}"])
    return found


def adapted_rows(options, served, sets):
    """Milliseconds of batches by how adapters are grouped, no two of 32 rows with one, and without any; label states known."""
    vocabulary = len(numpy.load(options.folder / "words.npy", mmap_mode="r"))
    batches = {"trec": (sets["trec"][1][0], sets["trec"][0]), "imdb": (sets["imdb"][1][0], sets["imdb"][0])}
    for rows in [1, 32, 128]:
        batches[f"{rows} of 64"] = shape(vocabulary, rows, 64, 8)
    found = {}
    for kind in KINDS:
        adapters = many(served, kind, 256)
        for name, (batch, labels) in batches.items():
            states = served.encode(labels)
            times = {"none": median_seconds(lambda: served.score(batch, states), options.seconds)}
            for grouping, arguments in GROUPINGS.items():
                own = adapted(batch, *arguments)
                times[grouping] = median_seconds(
                    lambda: served.score(batch, states, own, adapters[:len(own)]), options.seconds)
            rounded = {grouping: round(1000 * taken, 2) for grouping, taken in times.items()}
            found[f"{kind}; {name}"] = {"rows": len(own), **rounded}
            print(f"  {kind}, {name} ({len(own)} rows): {rounded}", flush=True)
    return found


class Report:
    """Sections, each kept in the file as soon as it is there; one that fails leaves its traceback and the rest go on."""

    def __init__(self, path):
        self.path = path
        self.sections = {}
        self.start = time.perf_counter()

    def section(self, name, call):
        begun = time.perf_counter()
        print(f"{name} (at {begun - self.start:.1f} s)", flush=True)
        result = None
        try:
            result = call()
            self.sections[name] = {"result": result, "seconds": round(time.perf_counter() - begun, 2)}
        except Exception:
            self.sections[name] = {"failed": traceback.format_exc()}
            print(traceback.format_exc(), flush=True)
        if self.path:
            self.path.write_text(json.dumps(self.sections, indent=1))
        return result


def machine(device):
    found = {"torch": torch.__version__, "threads": torch.get_num_threads()}
    if device != "cpu":
        found |= {"gpu": torch.cuda.get_device_name(), "capability": torch.cuda.get_device_capability()}
    print(f"  {found}", flush=True)
    return found


def check(options):
    report = Report(options.out)
    # See new_shapes.
    torch.backends.cuda.enable_cudnn_sdp(False)
    report.section("machine", lambda: machine(options.device))
    report.section("oracles FP32", lambda: oracles(options, "FP32", tf32=False))
    sets, served, exact = {}, {}, {}
    report.section("read sets", lambda: sets.update(evaluation_sets(options.folder)))
    for precision in PRECISIONS:
        report.section(f"load {precision}", lambda: served.update(
            {precision: Served(options.folder, precision, options.device)}))
    report.section("logits FP32", lambda: exact.update(
        {name: served["FP32"].logits(*own) for name, own in sets.items()}))
    for precision in PRECISIONS[1:]:
        report.section(f"parity {precision}", lambda: parity(served[precision], exact, sets))
    report.section("FP32 beside the CPU's", lambda: beside_the_cpu(options, served["FP32"], sets))
    on_the_cpu = {}
    report.section("load CPU", lambda: on_the_cpu.update({"CPU": Served(options.folder, "FP32", "cpu")}))
    report.section("adapters agree", lambda: adapters_agree({**on_the_cpu, **served}, sets))
    for precision in ["FP16", "BF16", "FP32"]:
        report.section(f"adapted rows {precision}", lambda: adapted_rows(options, served[precision], sets))
    for precision in PRECISIONS[1:]:
        report.section(f"oracles {precision}", lambda: oracles(options, precision, tf32=False))
    report.section("oracles FP32, TF32 in cuDNN", lambda: oracles(options, "FP32", tf32=True))
    for precision in PRECISIONS:
        places = ["cpu", options.device] if precision == "FP16" else ["cpu"]
        report.section(f"real rows {precision}", lambda: real_rows(options, served[precision], sets, places))
    for precision in ["FP16", "BF16", "FP32"]:
        report.section(f"throughput {precision}", lambda: throughput(
            options, served[precision], report.start + options.budget))
    report.section("new shapes FP16", lambda: new_shapes(options, served["FP16"], sets))
    print(f"done at {time.perf_counter() - report.start:.1f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["prepare", "check"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sets", type=pathlib.Path, help="the folder of evaluation sets")
    parser.add_argument("--rows", type=int, default=200, help="the first of each set")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=0.1, help="what the repeats of one timing take together")
    parser.add_argument("--budget", type=float, default=50, help="seconds after which no shape is begun")
    parser.add_argument("--most-tokens", type=int, default=1_000_000, help="no larger batch is timed")
    options = parser.parse_args()
    with as_the_engine_runs():
        if options.mode == "prepare":
            prepare(options.folder, options.sets, options.rows)
        else:
            check(options)


if __name__ == "__main__":
    main()
