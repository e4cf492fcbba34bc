"""Late mixing with its heads silent, as the third stage trains it: a logit is scale * cosine(text, label) + bias.

The mixing layers then say nothing, and one BERT, run over texts and labels alike, is the whole forward pass. It runs packed: all
sequences of a batch lie one after another, so that nothing is computed for padding. check_forward.py holds it against reference.py.
"""

import pathlib

import numpy
import torch
from safetensors.torch import load_file
from torch.nn import functional

PREFIX = "model.encoder_model."
MARK = "model.mark_embedding"
START, END = 101, 102
HEADS = 12
LAYERS = 12
TEXT_LIMIT = 128
LABEL_LIMIT = 50


def read_base(folder):
    """The base as benchmarks/BaseEncoder.java exports it: the encoder's weights by the names of taxon-small, and the words' table."""
    weights = load_file(pathlib.Path(folder) / "model.safetensors")
    words = weights.pop("embeddings.word_embeddings.weight").float()
    return {PREFIX + name: tensor.float() for name, tensor in weights.items()}, words


def read_model(folder):
    """All weights of a model of taxon-small's layout, in single precision."""
    return {name: tensor.float() for name, tensor in load_file(pathlib.Path(folder) / "model.safetensors").items()}


class Pack:
    """Sequences [CLS] ids [SEP], one after another: texts, then labels, the first token of which gives its place to the mark."""

    TENSORS = ["ids", "positions", "starts", "bounds", "marks"]

    def __init__(self, texts, labels, text_limit=TEXT_LIMIT, label_limit=LABEL_LIMIT):
        sequences = [ids[:text_limit - 2] for ids in texts] + [ids[:label_limit - 2] for ids in labels]
        self.texts = len(texts)
        self.lengths = numpy.array([len(ids) + 2 for ids in sequences])
        self.longest = int(self.lengths.max())
        ends = numpy.cumsum(self.lengths)
        starts = ends - self.lengths
        total = int(ends[-1])
        ids = numpy.full(total, END, numpy.int64)
        ids[starts] = START
        inner = numpy.ones(total, bool)
        inner[starts] = inner[ends - 1] = False
        if inner.any():
            ids[inner] = numpy.concatenate([numpy.asarray(own, numpy.int64) for own in sequences])
        marks = numpy.zeros(total, bool)
        marks[starts[self.texts:]] = True
        self.ids = torch.from_numpy(ids)
        self.positions = torch.from_numpy(numpy.arange(total) - numpy.repeat(starts, self.lengths))
        self.starts = torch.from_numpy(starts)
        self.bounds = torch.from_numpy(numpy.concatenate([[0], ends]).astype(numpy.int32))
        self.marks = torch.from_numpy(marks)

    def to(self, device):
        for name in self.TENSORS:
            setattr(self, name, getattr(self, name).to(device, non_blocking=True))
        return self

    def pin_memory(self):
        for name in self.TENSORS:
            setattr(self, name, getattr(self, name).pin_memory())
        return self


def like_lengths(lengths):
    """Sequences by number, in groups whose longest is at most 1.3 times its shortest, or 8."""
    order = numpy.argsort(lengths, kind="stable")
    groups, first = [], 0
    while first < len(order):
        last = first
        while last < len(order) and lengths[order[last]] <= max(8, lengths[order[first]] * 1.3):
            last += 1
        groups.append(order[first:last])
        first = last
    return groups


def padded_attention(query, key, value, pack):
    """Of [tokens, heads, size], by rectangles of sequences of like length: what any device can run."""
    begins = pack.bounds[:-1].cpu().numpy().astype(numpy.int64)
    contexts, places = [], []
    for group in like_lengths(pack.lengths):
        offsets = numpy.arange(int(pack.lengths[group].max()))[None]
        real = offsets < pack.lengths[group][:, None]
        place = torch.from_numpy(numpy.where(real, begins[group][:, None] + offsets, begins[group][:, None])).to(query.device)
        real = torch.from_numpy(real).to(query.device)
        rectangles = [part[place].transpose(1, 2) for part in (query, key, value)]
        context = functional.scaled_dot_product_attention(*rectangles, attn_mask=real[:, None, None]).transpose(1, 2)
        contexts.append(context[real])
        places.append(place[real])
    return torch.zeros_like(query).index_copy(0, torch.cat(places), torch.cat(contexts))


def flash_attention(query, key, value, pack):
    return torch.ops.aten._flash_attention_forward(
        query, key, value, pack.bounds, pack.bounds, pack.longest, pack.longest, 0.0, False, False)[0]


def attention_for(device):
    """The kernel for packed sequences where it runs and agrees with the plain one, its gradients too."""
    if device == "cpu":
        return padded_attention
    torch.backends.cuda.enable_cudnn_sdp(False)
    draw = numpy.random.default_rng(0)
    pack = Pack([draw.integers(1000, 2000, length) for length in (3, 30, 100)],
                [draw.integers(1000, 2000, length) for length in (1, 5)]).to(device)
    try:
        pairs = zip(gradients(padded_attention, pack, device), gradients(flash_attention, pack, device))
        worst = max(float((plain - flash).abs().max() / flash.abs().max()) for plain, flash in pairs)
    except (AttributeError, RuntimeError, TypeError) as failure:
        print(f"padded attention, since the kernel does not run: {failure}", flush=True)
        return padded_attention
    print(f"flash attention differs by {worst:.4f}", flush=True)
    return flash_attention if worst < 0.05 else padded_attention


def gradients(attention, pack, device):
    torch.manual_seed(0)
    inputs = [torch.randn(len(pack.ids), HEADS, 32, device=device, dtype=torch.bfloat16, requires_grad=True) for _ in range(3)]
    context = attention(*inputs, pack)
    (context.float() * torch.linspace(0, 1, context.numel(), device=device).view_as(context)).sum().backward()
    return [context, *(part.grad for part in inputs)]


class Encoder:
    """BERT over a pack, in the type that the weights have."""

    def __init__(self, weights, attention=padded_attention):
        self.weights = weights
        self.attention = attention

    def weight(self, name):
        return self.weights[PREFIX + name]

    def linear(self, x, name):
        return functional.linear(x, self.weight(name + ".weight"), self.weight(name + ".bias"))

    def norm(self, x, name):
        return functional.layer_norm(x, x.shape[-1:], self.weight(name + ".weight"), self.weight(name + ".bias"), 1e-12)

    def __call__(self, pack, words, mark=None):
        """Unit vectors [sequences, hidden] in single precision, of the states of the first tokens."""
        x = self.embed(pack, words, mark)
        for number in range(LAYERS):
            name = f"encoder.layer.{number}."
            context = self.attention(*self.heads(x, name + "attention.self."), pack).reshape(x.shape)
            if number == LAYERS - 1:
                context, x = context[pack.starts], x[pack.starts]
            x = self.norm(self.linear(context, name + "attention.output.dense") + x, name + "attention.output.LayerNorm")
            raised = functional.gelu(self.linear(x, name + "intermediate.dense"))
            x = self.norm(self.linear(raised, name + "output.dense") + x, name + "output.LayerNorm")
        return functional.normalize(x.float(), dim=-1)

    def embed(self, pack, words, mark):
        kind = self.weight("embeddings.LayerNorm.weight").dtype
        x = functional.embedding(pack.ids, words).to(kind)
        if mark is not None:
            x = torch.where(pack.marks[:, None], mark.to(kind), x)
        x = x + self.weight("embeddings.position_embeddings.weight")[pack.positions]
        return self.norm(x + self.weight("embeddings.token_type_embeddings.weight")[0], "embeddings.LayerNorm")

    def heads(self, x, name):
        weight, bias = (torch.cat([self.weight(f"{name}{part}.{kind}") for part in ("query", "key", "value")])
                        for kind in ("weight", "bias"))
        return functional.linear(x, weight, bias).view(len(x), 3, HEADS, -1).unbind(1)


@torch.no_grad()
def embed(encoder, words, sequences, limit, mark=None):
    """Unit vectors [sequences, hidden], all as texts or, with a mark, all as labels."""
    device = words.device
    room = 4096 if device.type == "cpu" else 65536
    lengths = [min(len(ids), limit - 2) + 2 for ids in sequences]
    order = sorted(range(len(sequences)), key=lambda number: lengths[number])
    vectors = torch.zeros(len(sequences), words.shape[1], device=device)
    first = 0
    while first < len(order):
        last, total = first, 0
        while last < len(order) and (last == first or total + lengths[order[last]] <= room):
            total += lengths[order[last]]
            last += 1
        part = [sequences[number] for number in order[first:last]]
        pack = Pack(part, [], limit, limit) if mark is None else Pack([], part, limit, limit)
        vectors[torch.tensor(order[first:last], device=device)] = encoder(pack.to(device), words, mark)
        first = last
    return vectors


def cast(weights, device):
    """The type that products run in: half of it on a GPU."""
    kind = torch.float32 if str(device) == "cpu" else torch.bfloat16
    return {name: tensor.to(device=device, dtype=kind) for name, tensor in weights.items()}
