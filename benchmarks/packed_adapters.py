"""Adapters of a packed program's model, drawn by chance, and the groups in which the rows of a batch run; see gpu.py."""

import torch

RECTANGLE, RUN, JOINED = 0, 1, 2
# Rank, how large ups are, so that answers change, and whether a linear layer of that name is changed.
KINDS = {
    "rank 8, query and value": (8, 2.0, lambda name: name.endswith((".query", ".value"))),
    "rank 16, everywhere": (16, 0.4, lambda name: True),
}


def drawn(served, weights, kind, count):
    """So many adapters, prepared by the program: lora.py says what of."""
    rank, size, changes = KINDS[kind]
    generator = torch.Generator().manual_seed(11)
    targets = served.program.targets
    adapters = []
    for _ in range(count):
        tensors = []
        for name in sorted(targets, key=lambda name: targets[name]):
            out, read = weights[f"{name}.weight"].shape
            if changes(name):
                down = torch.randn(rank, read, generator=generator) / read ** 0.5
                up = torch.randn(out, rank, generator=generator) * (size / out ** 0.5)
                tensors += [down.to(served.device), up.to(served.device)]
            else:
                tensors += [torch.empty(0, device=served.device)] * 2
            tensors.append(torch.empty(0, device=served.device))
        adapters.append(served.program.prepare_adapter(tensors))
    return adapters


def rows_of(batch):
    """Of each row in the packing, the filler not among them: first token, tokens, first label and labels."""
    rows, token, label = [], 0, 0
    for count, length, labels, filler in batch["table"].tolist():
        for _ in range(count if not filler else 0):
            rows.append((token, length, label, labels))
            token, label = token + length, label + labels
    return rows


def adapted(batch, kind, most_rows, most_padding=1.0):
    """The table of all rows, each of an adapter of its own, in groups of one kind: see lora.spaces and AdaptedRows."""
    lines, group, begun, tokens = [], 0, 0, 0
    for number, (token, length, label, labels) in enumerate(rows_of(batch)):
        size = number - begun
        longest = max([length] + [line[2] for line in lines[begun:]])
        full = size == most_rows or kind == RECTANGLE and (size + 1) * longest > most_padding * (tokens + length)
        if size > 0 and (full or kind == RUN):
            group, begun, tokens = group + 1, number, 0
        tokens += length
        lines.append([number, token, length, label, labels, group, number, kind])
    return torch.tensor(lines)
