"""What prepare.py writes for a machine that has neither the sets nor a JDK, and how the other scripts read it."""

import gzip
import pathlib
import pickle

import numpy
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

LABEL_TOKENS = 48


class Words:
    """Token ids without a frame, cut to a length."""

    def __init__(self, file):
        self.tokenizer = Tokenizer.from_file(str(file))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def label(self, text):
        return numpy.array(self.tokenizer.encode(text, add_special_tokens=False).ids[:LABEL_TOKENS], dtype=numpy.uint16)

    def texts(self, texts, limit):
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [numpy.array(one.ids[:limit], dtype=numpy.uint16) for one in encoded]


class Prepared:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def words(self):
        return Words(self.folder / "tokenizer.json")

    def write(self, name, value):
        with gzip.open(self.folder / f"{name}.pkl.gz", "wb", 9) as file:
            pickle.dump(value, file)

    def read(self, name):
        with gzip.open(self.folder / f"{name}.pkl.gz") as file:
            return pickle.load(file)

    def write_base(self, weights, words):
        """In half precision, words in 255 steps a row, since a transfer had room for no more: runs start from this."""
        scales = words.abs().amax(1) / 127
        steps = (words / scales[:, None]).round().to(torch.int8)
        halves = {name: tensor.half() for name, tensor in weights.items()}
        save_file({**halves, "words": steps, "scales": scales}, self.folder / "base.safetensors")

    def read_base(self, device):
        """The encoder's weights and the words' table, both in single precision."""
        tensors = {name: tensor.to(device) for name, tensor in load_file(self.folder / "base.safetensors").items()}
        words = tensors.pop("words").float() * tensors.pop("scales")[:, None]
        return {name: tensor.float() for name, tensor in tensors.items()}, words


def bounds(lengths):
    """Where texts that lie one after another begin and end: [texts + 1]."""
    return numpy.concatenate([[0], numpy.cumsum(lengths.astype(numpy.int64))])
