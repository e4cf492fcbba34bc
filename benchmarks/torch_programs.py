"""Runs the programs that Java packs in PyTorch itself, on the cases of oracle folders, one row at a time.

    .venv/bin/python benchmarks/torch_programs.py core/src/test/resources/oracle/* [--precision FP32] [--device cpu]

Says for each folder the largest difference to a logit of the reference, relative to its row's largest where that is above
1. This is how a machine with a GPU and without a JDK checks them: pack here (--keep DIR), run there (--packed DIR).
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import torch
from safetensors.torch import load_file

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pack(folder, precision, target):
    classpath = f"{ROOT}/cli/target/taxon-cli.jar:{(ROOT / 'cli/target/classpath').read_text().strip()}"
    subprocess.run(["java", "-cp", classpath, str(ROOT / "benchmarks/PackProgram.java"), str(folder), precision,
                    str(target)], check=True)


def weights(folder, device):
    return {name: tensor.float().to(device) for name, tensor in load_file(folder / "model.safetensors").items()}


def arguments(case, config, device):
    """One row as a packing of its own; see joint.py."""
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
    texts = torch.tensor([[start, own, own if config.get("use_lstm") else length]])
    segments = torch.zeros([0], dtype=torch.long)
    if config.get("use_segment_embeddings"):
        segments = (torch.arange(length) >= separator).long()
        if bool((ids == config["example_token_index"]).any()):
            segments = torch.full([length], 2)
    read = torch.cat([torch.tensor([start]), begins.clamp(max=length - 1)])
    tensors = [ids, torch.arange(length), torch.tensor([[1, length, labels, 0]]), torch.zeros(labels, dtype=torch.long),
               read, torch.cat(spans), torch.cat(numbers), texts, segments]
    return [tensor.to(device) for tensor in tensors]


def worst(folder, program, device):
    config = json.loads((folder / "config.json").read_text())
    program.prepare(weights(folder, device))
    found = 0.0
    for line in (folder / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        expected = torch.tensor(case["logits"])
        with torch.inference_mode():
            logits = program.score(*arguments(case, config, device)).float().cpu()
        found = max(found, float((logits - expected).abs().max() / expected.abs().max().clamp(min=1)))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--precision", default="FP32")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--packed", type=pathlib.Path, help="programs packed before, FOLDER.pt each")
    parser.add_argument("--keep", type=pathlib.Path, help="where to leave the packed programs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for folder in options.folders:
            target = (options.packed or options.keep or pathlib.Path(temporary)) / f"{folder.name}.pt"
            if not options.packed:
                pack(folder, options.precision, target)
            program = torch.jit.load(str(target), map_location=options.device)
            print(f"{folder.name:32} {worst(folder, program, options.device):.2e}", flush=True)


if __name__ == "__main__":
    main()
