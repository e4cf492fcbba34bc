"""Real traffic through the reference's pipeline and through Taxon, tokenising included, in one run.

    .venv/bin/python benchmarks/real_traffic.py --data DATA/eval --tokenizer tokenizer.json --out docs/benchmarks/real-traffic.json

Texts of ag_news, imdb and snips mixed, four label sets in turns, batches as they come. The checkpoint has bge-small's shape,
random weights and a real tokenizer of its vocabulary (bge-small-en-v1.5-tokenizer.json of the artifact that models/pom.xml
names). The reference is gliclass' own pipeline in bf16 with PyTorch's settings as they are; Taxon runs as its launcher starts it,
in each precision. Ratios are between the best batch sizes of both.
"""

import argparse
import gzip
import itertools
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

import torch
from gliclass import GLiClassModel, ZeroShotClassificationPipeline
from transformers import PreTrainedTokenizerFast

from shapes import checkpoint

ROOT = pathlib.Path(__file__).resolve().parent.parent
LABELS = [
    ["world", "sports", "business", "science and technology"],
    ["positive", "negative"],
    ["add to playlist", "book restaurant", "get weather", "play music", "rate book", "search creative work",
     "search screening event"],
    ["praise", "complaint", "question", "news", "request", "advertisement", "opinion", "report", "story", "instruction"],
]


def traffic(data, count):
    texts = []
    for name in ("ag_news", "imdb", "snips"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in itertools.islice(lines, count)]
    random.Random(3).shuffle(texts)
    return [dict(text=text, labels=LABELS[number % len(LABELS)]) for number, text in enumerate(texts)]


def reference(folder, tokenizer, rows, batch):
    """The pipeline takes one label set a call or one a text; batches as they come have one a text."""
    model = GLiClassModel.from_pretrained(folder).eval().to(torch.bfloat16)
    pipeline = ZeroShotClassificationPipeline(
        model, tokenizer, classification_type="single-label", device="cpu", progress_bar=False, max_length=512)

    def run(part):
        start = time.perf_counter()
        with torch.inference_mode():
            for first in range(0, len(part), batch):
                now = part[first:first + batch]
                pipeline([row["text"] for row in now], [row["labels"] for row in now], batch_size=batch)
        return len(part) / (time.perf_counter() - start)

    run(rows[:len(rows) // 2])
    return statistics.median(run(rows) for _ in range(3))


def taxon(folder, rows, precision, batch):
    classpath = f"{ROOT}/cli/target/taxon-cli.jar:{(ROOT / 'cli/target/classpath').read_text().strip()}"
    settings = dict(MALLOC_ARENA_MAX="2", MALLOC_MMAP_THRESHOLD_="1073741824", MALLOC_TRIM_THRESHOLD_="2147483648",
                    MALLOC_TOP_PAD_="67108864", GOMP_SPINCOUNT="3000")
    answer = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-cp", classpath, str(ROOT / "benchmarks/RealTraffic.java"), folder, rows, precision,
         str(batch)], stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, **settings})
    return float(answer.stdout.split()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tokenizer", type=pathlib.Path, required=True)
    parser.add_argument("--rows", type=int, default=120, help="of each set")
    parser.add_argument("--batches", default="1,8,32")
    parser.add_argument("--shape", default="bge-small")
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    rows = traffic(arguments.data, arguments.rows)
    found = dict(rows=len(rows), shape=arguments.shape, reference={}, taxon={})
    with tempfile.TemporaryDirectory() as folder:
        checkpoint(arguments.shape, folder)
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(arguments.tokenizer), unk_token="[UNK]", pad_token="[PAD]",
                                            cls_token="[CLS]", sep_token="[SEP]")
        tokenizer.add_special_tokens({"additional_special_tokens": ["<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>"]})
        tokenizer.save_pretrained(folder)
        file = pathlib.Path(folder) / "rows.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        for batch in map(int, arguments.batches.split(",")):
            found["reference"][batch] = reference(folder, tokenizer, rows, batch)
            for precision in ("FP32", "BF16", "INT8"):
                found["taxon"][f"{precision} {batch}"] = taxon(folder, str(file), precision, batch)
            print(batch, found["reference"][batch], {k: v for k, v in found["taxon"].items() if k.endswith(f" {batch}")},
                  flush=True)
    best = max(found["reference"].values())
    found["ratio"] = {precision: max(rate for name, rate in found["taxon"].items() if name.startswith(precision)) / best
                      for precision in ("FP32", "BF16", "INT8")}
    print(json.dumps(found, indent=1))
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
