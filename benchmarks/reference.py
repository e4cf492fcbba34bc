"""Times the Python reference beside Taxon, cell by cell in one run, on a checkpoint of bge-small's shape.

    python -m venv .venv && .venv/bin/pip install -r benchmarks/requirements.txt
    .venv/bin/python benchmarks/reference.py --out docs/benchmarks/first-light.json

The checkpoint has random weights (speed does not depend on them). The reference runs with two threads, in inference
mode, with scaled-dot-product attention, warmed up, in fp32 and in bf16; its best counts. Taxon runs as a user runs it:
`./taxon bench`. Both read the same shapes: each label its mark and two tokens, the text's mark, and the text.
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
from gliclass import GLiClassModel, GLiClassModelConfig
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, PreTrainedTokenizerFast

ROOT = pathlib.Path(__file__).resolve().parent.parent
VOCABULARY = 30522
MARK, SEPARATOR, EXAMPLE = VOCABULARY, VOCABULARY + 1, VOCABULARY + 2


def checkpoint(folder):
    """A GLiClass model of bge-small's shape, saved as the reference saves it."""
    encoder = BertConfig(
        vocab_size=VOCABULARY + 3, hidden_size=384, num_hidden_layers=12, num_attention_heads=12,
        intermediate_size=1536, max_position_embeddings=512)
    config = GLiClassModelConfig(
        encoder_config=encoder, encoder_model_name="none", class_token_index=MARK, text_token_index=SEPARATOR,
        example_token_index=EXAMPLE, hidden_size=384, pooling_strategy="first", scorer_type="simple",
        class_token_pooling="first", prompt_first=True, architecture_type="uni-encoder", embed_class_token=True)
    model = GLiClassModel(config, from_pretrained=False)
    model.save_pretrained(folder)
    words = {f"word{number}": number for number in range(VOCABULARY)}
    for special, number in {"[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102}.items():
        del words[f"word{number}"]
        words[special] = number
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(["<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>"])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]")
    fast.save_pretrained(folder)
    return model.eval()


def rows(labels, length, batch):
    generator = torch.Generator().manual_seed(7)
    ids = torch.randint(1000, VOCABULARY, (batch, 3 * labels + 1 + length), generator=generator)
    ids[:, 0:3 * labels:3] = MARK
    ids[:, 3 * labels] = SEPARATOR
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def rate(model, inputs, seconds):
    """Rows a second: the median over repeats that together take the time given."""
    with torch.inference_mode():
        for _ in range(3):
            model(**inputs)
        times = []
        while sum(times) < seconds or len(times) < 5:
            start = time.perf_counter()
            model(**inputs)
            times.append(time.perf_counter() - start)
    return inputs["input_ids"].shape[0] / statistics.median(times)


def taxon(folder, labels, length, batch, precision):
    command = [str(ROOT / "taxon"), "bench", "--model", folder, "--labels", str(labels), "--lengths", str(length),
               "--batches", str(batch), "--precision", precision, "--json"]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if answer.returncode != 0:
        raise SystemExit("taxon bench failed, see above")
    return json.loads(answer.stdout)["cells"][0].get("examples_per_second")


def cell(single, half, folder, labels, length, batch, arguments):
    """Rates in turns, as other guests of the machine come and go: the medians, and the median of the turns' ratios."""
    inputs = rows(labels, length, batch)
    turns = []
    for _ in range(arguments.turns):
        fp32 = rate(single, inputs, arguments.seconds)
        bf16 = rate(half, inputs, arguments.seconds)
        own = taxon(folder, labels, length, batch, arguments.precision)
        turns.append((fp32, bf16, own, own / max(fp32, bf16)))
    return [statistics.median(column) for column in zip(*turns)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", default="1,8,32")
    parser.add_argument("--lengths", default="64,256")
    parser.add_argument("--batches", default="1,8")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--out", type=pathlib.Path)
    arguments = parser.parse_args()
    numbers = lambda text: [int(number) for number in text.split(",")]
    torch.set_num_threads(2)
    cells = []
    with tempfile.TemporaryDirectory() as folder:
        single = checkpoint(folder)
        half = GLiClassModel.from_pretrained(folder).eval().to(torch.bfloat16)
        print("labels  length  batch   reference fp32   reference bf16    taxon   ratio to best", flush=True)
        for labels in numbers(arguments.labels):
            for length in numbers(arguments.lengths):
                for batch in numbers(arguments.batches):
                    fp32, bf16, own, ratio = cell(single, half, folder, labels, length, batch, arguments)
                    print(f"{labels:6} {length:7} {batch:6} {fp32:16.1f} {bf16:16.1f} {own:8.1f} {ratio:15.2f}",
                          flush=True)
                    cells.append(dict(labels=labels, length=length, batch=batch, reference_fp32=fp32,
                                      reference_bf16=bf16, taxon=own, ratio=ratio))
    ratios = [cell["ratio"] for cell in cells]
    summary = dict(machine=machine(), least_ratio=min(ratios), geometric_mean=statistics.geometric_mean(ratios),
                   cells=cells)
    print(f"least ratio {summary['least_ratio']:.2f}, geometric mean {summary['geometric_mean']:.2f}")
    if arguments.out:
        arguments.out.write_text(json.dumps(summary, indent=1) + "\n")


def machine():
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    features = [name for name in ("amx_bf16", "avx512_bf16", "avx512_vnni", "avx512f", "avx2") if name in flags]
    return dict(platform=platform.platform(), cores=torch.get_num_threads(), features=features)


if __name__ == "__main__":
    main()
