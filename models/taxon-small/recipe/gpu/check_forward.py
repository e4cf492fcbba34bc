"""Holds the packed forward pass against reference.py on its cases: the largest difference of a logit.

    python check_forward.py BASE BGE_SMALL.jar MODEL

BASE as for prepare.py, the jar as for reference.py; MODEL is the folder of a taxon-small with silent heads.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import reference  # noqa: E402
from encoder import END, MARK, START, Encoder, Pack, read_base, read_model  # noqa: E402

LIMIT = 512
LARGEST = 1e-4


@torch.inference_mode()
def main(base, jar, folder):
    reference.FOLDER = pathlib.Path(folder)
    theirs, tokenizer = reference.load(jar)
    _, words = read_base(base)
    weights = read_model(folder)
    model, encoder, worst = reference.Model(theirs), Encoder(weights), 0.
    for text, labels in reference.CASES:
        text_ids = reference.plain_ids(tokenizer, text)[:LIMIT - 2]
        label_ids = [reference.plain_ids(tokenizer, label) for label in labels]
        vectors = encoder(Pack([text_ids], label_ids, LIMIT, LIMIT), words, weights[MARK])
        logits = vectors[1:] @ vectors[0] * weights["model.logit_scale"] + weights["model.logit_bias"]
        expected = model.logits([START, *text_ids, END], [[*ids, END] for ids in label_ids])
        worst = max(worst, float((logits - expected).abs().max()))
    print(f"largest difference {worst:.1e} over {len(reference.CASES)} cases")
    return worst < LARGEST


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:]))
