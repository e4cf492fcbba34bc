"""taxon-small as a packed program, and what the engine would call it with: made with the JDK, run without; see gpu.py."""

import json
import pathlib
import tempfile

import numpy
import torch
from safetensors.torch import load_file

from torch_programs import ROOT, java, pack, weights

PRECISIONS = ["FP32", "FP16", "BF16"]
ORACLES = sorted(path.parent for path in (ROOT / "core/src/test/resources/oracle").glob("*/config.json"))
MODEL = ROOT / "models/taxon-small"
WORDS = "model.encoder_model.embeddings.word_embeddings.weight"
LABEL_LENGTH = 8


def prepare(folder, data, rows):
    """Programs for a GPU, the first rows of evaluation sets, packed, and the vectors of the words in them, in fp16."""
    for precision in PRECISIONS:
        pack([*ORACLES, MODEL], precision, "gpu", folder / precision)
    with tempfile.TemporaryDirectory() as temporary:
        java("PackedSets.java", data, rows, temporary)
        calls = [json.loads(line) for line in (pathlib.Path(temporary) / "packed.jsonl").open()]
        table = load_file(f"{temporary}/words.safetensors")[WORDS]
    known = numpy.unique(numpy.concatenate([call["ids"] for call in calls]))
    arrays = {}
    for number, call in enumerate(calls):
        call["ids"] = numpy.searchsorted(known, call["ids"])
        for name, values in call.items():
            if name != "set":
                arrays[f"{number}.{call['set']}.{name}"] = numpy.asarray(values, dtype=numpy.int16)
    numpy.savez_compressed(folder / "sets.npz", **arrays)
    numpy.save(folder / "words.npy", table[torch.from_numpy(known)].half().numpy())


def evaluation_sets(folder):
    """By name: the call that encodes the labels, and those that score batches."""
    calls = {}
    for key, values in numpy.load(folder / "sets.npz").items():
        number, name, argument = key.split(".")
        calls.setdefault((name, int(number)), {})[argument] = torch.from_numpy(values).long()
    sets = {}
    for (name, _), call in sorted(calls.items(), key=lambda item: item[0][1]):
        call["table"] = call["table"].view(-1, 4)
        sets.setdefault(name, []).append(call)
    return {name: (own[0], own[1:]) for name, own in sets.items()}


class Served:
    """taxon-small on a device, called as the engine calls it."""

    def __init__(self, folder, precision, device):
        self.device = device
        self.program = torch.jit.load(str(folder / precision / "taxon-small.pt"), map_location=device)
        words = torch.from_numpy(numpy.load(folder / "words.npy")).float().to(device)
        self.program.prepare({**weights(MODEL, device), WORDS: words})

    def encode(self, call):
        states = self.program.encode_labels(self.there(call["ids"]), self.there(call["positions"]), call["table"])
        return states.cpu()[call["ranks"]]

    def score(self, call, states, adapted=None, adapters=()):
        """Logits of all rows, those of the filler last. Adapters are those of the table of adapted rows."""
        arguments = [
            self.there(call["ids"]), self.there(call["positions"]), call["table"], self.there(states),
            self.there(call["labels"]), self.there(call["label_rows"])]
        if adapted is None:
            return self.program.score(*arguments).cpu()
        return self.program.score_adapted(*arguments, adapted, adapters).cpu()

    def there(self, tensor):
        return tensor.to(self.device)

    def logits(self, labels, batches):
        """Those of a set's rows, in the order in which they were packed: [rows, labels]."""
        states = self.encode(labels)
        rows = [self.score(batch, states)[:len(batch["right"]) * len(states)] for batch in batches]
        return torch.cat(rows).view(-1, len(states))


def shape(vocabulary, rows, length, labels):
    """Rows of one length, and their labels' own sequences of a mark and seven tokens."""
    generator = torch.Generator().manual_seed(7)

    def packed(count, each, own_labels):
        return {"ids": torch.randint(1, vocabulary, (count * each,), generator=generator),
                "positions": torch.arange(each).repeat(count),
                "table": torch.tensor([[count, each, own_labels, 0]])}

    batch = {**packed(rows, length, labels), "labels": torch.arange(labels).repeat(rows),
             "label_rows": torch.arange(rows).repeat_interleave(labels)}
    return batch, {**packed(labels, LABEL_LENGTH, 0), "ranks": torch.arange(labels)}
