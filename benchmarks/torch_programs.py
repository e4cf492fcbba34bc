"""Runs the programs that Java packs in PyTorch itself, on the cases of oracle folders, one row at a time.

    .venv/bin/python benchmarks/torch_programs.py core/src/test/resources/oracle/* [--precision FP32] [--device cpu]

Says for each folder the largest difference to a logit of the reference, relative to its row's largest where that is above
1. gpu.py does the same and more on a machine with a GPU and without a JDK.
"""

import argparse
import contextlib
import json
import pathlib
import subprocess
import tempfile

import torch
from safetensors.torch import load_file

ROOT = pathlib.Path(__file__).resolve().parent.parent


def java(source, *arguments):
    classpath = f"{ROOT}/cli/target/taxon-cli.jar:{(ROOT / 'cli/target/classpath').read_text().strip()}"
    subprocess.run(["java", "-cp", classpath, str(ROOT / "benchmarks" / source), *map(str, arguments)], check=True)


def pack(folders, precision, device, target):
    """The programs of checkpoints for cpu or gpu, as FOLDER.pt each."""
    java("PackProgram.java", device, precision, target, *folders)


def as_the_engine_runs():
    """Without autograd, and without the executor that compiles anew for each shape."""
    stack = contextlib.ExitStack()
    stack.enter_context(torch.inference_mode())
    stack.enter_context(torch.jit.optimized_execution(False))
    return stack


def weights(folder, device):
    return {name: tensor.float().to(device) for name, tensor in load_file(folder / "model.safetensors").items()}


def arguments(case, config, device):
    """One row as a packing of its own; see joint.py. Tables, which are read number by number, stay in main memory."""
    ids = torch.tensor(case["input_ids"])
    length, labels = len(ids), len(case["flat_labels"])
    marks = (ids == config["class_token_index"]).nonzero().flatten()[:labels]
    separator = int((ids == config["text_token_index"]).nonzero().flatten()[0])
    extracts = bool(config.get("extract_text_features"))
    begins = marks if config.get("embed_class_token", True) else marks + 1
    start = separator if extracts else 0
    ends = torch.cat([marks[1:], torch.tensor([separator if extracts else length])])
    spans = [torch.arange(int(begin), int(end)) for begin, end in zip(begins, ends)]
    numbers = [torch.full([len(span)], number) for number, span in enumerate(spans)]
    own = length - start
    table = torch.tensor([[1, length, labels, 0]])
    texts = torch.tensor([[start, own, own if config.get("use_lstm") else length]])
    segments = torch.zeros([0], dtype=torch.long)
    if config.get("use_segment_embeddings"):
        segments = (torch.arange(length) >= separator).long()
        if bool((ids == config["example_token_index"]).any()):
            segments = torch.full([length], 2)
    read = torch.cat([torch.tensor([start]), begins.clamp(max=length - 1)])
    tensors = [ids, torch.arange(length), table, torch.zeros(labels, dtype=torch.long), read, torch.cat(spans),
               torch.cat(numbers), texts, segments]
    return [tensor if tensor is table or tensor is texts else tensor.to(device) for tensor in tensors]


def worst(folder, program, device):
    config = json.loads((folder / "config.json").read_text())
    program.prepare(weights(folder, device))
    found = 0.0
    for line in (folder / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        expected = torch.tensor(case["logits"])
        logits = program.score(*arguments(case, config, device)).float().cpu()
        found = max(found, float((logits - expected).abs().max() / expected.abs().max().clamp(min=1)))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--precision", default="FP32")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, as_the_engine_runs():
        pack(options.folders, options.precision, "cpu" if options.device == "cpu" else "gpu", temporary)
        for folder in options.folders:
            program = torch.jit.load(f"{temporary}/{folder.name}.pt", map_location=options.device)
            print(f"{folder.name:32} {worst(folder, program, options.device):.2e}", flush=True)


if __name__ == "__main__":
    main()
