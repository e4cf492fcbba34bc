"""Taxon's late mixing as one would write it in PyTorch on transformers' BERT: padded batches, masks, all states of every layer."""

import json
import pathlib

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional
from transformers import BertModel

from shapes import tokenizer

MIXING = 2


def padded(sequences):
    """Token ids [rows, longest] and which of them are real."""
    ids = nn.utils.rnn.pad_sequence([torch.tensor(sequence) for sequence in sequences], batch_first=True)
    lengths = torch.tensor([len(sequence) for sequence in sequences])
    return ids, torch.arange(ids.shape[1]) < lengths[:, None]


class Projector(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.linear_1 = nn.Linear(hidden, hidden)
        self.linear_2 = nn.Linear(hidden, hidden)

    def forward(self, x):
        return self.linear_2(functional.gelu(self.linear_1(x)))


class Scorer(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(3 * hidden, hidden), nn.GELU(), nn.Linear(hidden, 1))


class Parts(nn.Module):
    def __init__(self, config):
        super().__init__()
        hidden = config.hidden_size
        self.encoder_model = BertModel(config, add_pooling_layer=False)
        self.mark_embedding = nn.Parameter(torch.randn(hidden) * 0.02)
        self.text_projector = Projector(hidden)
        self.classes_projector = Projector(hidden)
        self.scorer = Scorer(hidden)
        self.logit_scale = nn.Parameter(torch.tensor(10.))
        self.logit_bias = nn.Parameter(torch.tensor(-5.))


class LateMixing(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.model = Parts(config)

    @staticmethod
    def checkpoint(config, folder):
        """A folder that Taxon opens, with random weights."""
        folder = pathlib.Path(folder)
        save_file(LateMixing(config).state_dict(), folder / "model.safetensors")
        encoder = {name: value for name, value in config.to_dict().items() if not isinstance(value, (dict, list))}
        (folder / "config.json").write_text(json.dumps(dict(
            model_type="GLiClass", name="training-speed", architecture_type="late-mixing", mixing_layers=MIXING,
            pooling_strategy="first", class_token_pooling="first", scorer_type="simple", normalize_features=True,
            projector_hidden_act="gelu", encoder_config=encoder)))
        tokenizer(config.vocab_size).save_pretrained(folder)

    @staticmethod
    def load(config, folder):
        config._attn_implementation = "sdpa"
        module = LateMixing(config).eval()
        module.load_state_dict(load_file(pathlib.Path(folder) / "model.safetensors"))
        return module

    @staticmethod
    def inputs(batch):
        """Each label begins with a place for its mark."""
        text, text_mask = padded(batch["rows"])
        labels, label_mask = padded([[0] + label for label in batch["labels"]])
        return dict(text=text, text_mask=text_mask, labels=labels, label_mask=label_mask)

    def encode(self, hidden, mask, layers):
        for layer in layers:
            hidden = layer(hidden, mask)
        return hidden

    def forward(self, text, text_mask, labels, label_mask):
        encoder = self.model.encoder_model
        early, late = encoder.encoder.layer[:-MIXING], encoder.encoder.layer[-MIXING:]
        words = encoder.embeddings.word_embeddings(labels)
        mark = self.model.mark_embedding.to(words.dtype).expand(len(labels), 1, -1)
        hidden = encoder.embeddings(inputs_embeds=torch.cat([mark, words[:, 1:]], 1))
        before = self.encode(hidden, label_mask[:, None, None], early)
        embedded = self.encode(before, label_mask[:, None, None], late)[:, 0]
        states = self.encode(encoder.embeddings(input_ids=text), text_mask[:, None, None], early)
        rows, length = text.shape
        count = len(labels)
        both = torch.cat([states, before[None, :, 0].expand(rows, -1, -1).to(states.dtype)], 1)
        visible = torch.cat([text_mask, text_mask.new_ones(rows, count)], 1)[:, None, None].expand(-1, 1, length + count, -1)
        reads_marks = torch.arange(length + count)[:, None] >= length
        is_mark = torch.arange(length + count)[None] >= length
        both = self.encode(both, visible & (reads_marks | ~is_mark), late)
        return self.compare(both[:, 0], embedded, both[:, length:])

    def compare(self, text, labels, marks):
        """Texts [rows, hidden], labels [count, hidden] and their marks [rows, count, hidden]: logits [rows, count]."""
        text_features = functional.normalize(text + self.model.text_projector(text), dim=-1)
        label_features = functional.normalize(labels + self.model.classes_projector(labels), dim=-1)
        seen = text[:, None].expand_as(marks)
        match = self.model.scorer.mlp(torch.cat([marks, seen, seen * marks], -1))[..., 0]
        return text_features @ label_features.T * self.model.logit_scale + self.model.logit_bias + match
