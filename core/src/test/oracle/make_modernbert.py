"""Makes the oracle folders of ModernBERT that are not among the shared ones, with the Python reference.

    python make_modernbert.py RESOURCES

RESOURCES is src/test/resources/oracle; the tokenizer is that of its modernbert-mlp-first. Needs gliclass 0.1.20 and torch
2.7.1. Random weights, large enough that what a window leaves out would show in the logits: that is asserted.
"""

import json
import random
import shutil
import sys
from pathlib import Path

import torch
from gliclass import GLiClassModel, GLiClassModelConfig
from gliclass.pipeline import UniEncoderZeroShotClassificationPipeline
from transformers import ModernBertConfig, PreTrainedTokenizerFast

WORDS = """market river engine doctor garden signal winter paper league castle number market-share copper theatre Ünïcode
lawyer planet window violin harbour bread election cloud 1984 sugar border mirror forest bridge ticket""".split()
LABELS = ["world news", "sports", "business", "science and technology", "play music", "book a restaurant"]
# Words of a text and labels: within a window, beyond it, and rows that are read in blocks.
SIZES = [(6, 2), (30, 3), (70, 4), (160, 6), (260, 5)]


def text_of(words, chance):
    return " ".join(chance.choice(WORDS) for _ in range(words)) + "."


def config_of(encoder, **options):
    common = dict(
        vocab_size=1003, hidden_size=32, intermediate_size=40, num_hidden_layers=4, num_attention_heads=2,
        pad_token_id=0, bos_token_id=2, eos_token_id=3, cls_token_id=2, sep_token_id=3, max_position_embeddings=8192,
    )
    return GLiClassModelConfig(
        encoder_config=ModernBertConfig(**common, **encoder).to_dict(), architecture_type="uni-encoder",
        class_token_index=1000, text_token_index=1001, example_token_index=1002, hidden_size=32, vocab_size=1003,
        pad_token_id=0, encoder_model_name="none", problem_type="multi_label_classification", **options,
    )


@torch.no_grad()
def randomise(model, seed):
    generator = torch.Generator().manual_seed(seed)
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if "norm" in name and name.endswith("weight"):
            weight.copy_(1 + 0.2 * noise)
        elif weight.dim() == 2 and "tok_embeddings" not in name:
            weight.copy_(noise * (3 if "Wqkv" in name else 1) / weight.shape[1] ** 0.5)
        elif weight.dim() > 0:
            weight.copy_(0.3 * noise)


def with_older_keys(folder):
    path = folder / "config.json"
    config = json.loads(path.read_text())
    encoder = config["encoder_config"]
    rope = encoder.pop("rope_parameters")
    encoder["global_rope_theta"] = rope["full_attention"]["rope_theta"]
    encoder["local_rope_theta"] = rope["sliding_attention"]["rope_theta"]
    types = encoder.pop("layer_types")
    encoder["global_attn_every_n_layers"] = types.index("full_attention", 1)
    encoder["position_embedding_type"] = "sans_pos"
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


@torch.no_grad()
def logits_of(model, inputs, window=None):
    if window:
        model.model.encoder_model.config.local_attention = window
    return model(**inputs).logits[0]


def cases(folder, seed):
    model = GLiClassModel.from_pretrained(folder).eval()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"), pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]")
    pipeline = UniEncoderZeroShotClassificationPipeline(
        model, tokenizer, max_length=1024, classification_type="multi-label", device="cpu", progress_bar=False)
    window = model.model.encoder_model.config.local_attention
    chance = random.Random(seed)
    for number, (words, count) in enumerate(SIZES):
        text, labels = text_of(words, chance), chance.sample(LABELS, count)
        mode = "multi-label" if number % 2 else "single-label"
        inputs = pipeline.prepare_inputs([text], [labels])
        logits = logits_of(model, inputs, window)[:count]
        moved = (logits_of(model, inputs, 4096)[:count] - logits).abs().max().item()
        assert inputs["input_ids"].shape[1] <= window // 2 + 1 or moved > 1e-3, moved
        logits_of(model, inputs, window)
        expected = pipeline([text], [labels], threshold=0.5, classification_type=mode)[0]
        yield {
            "id": f"{folder.name}-{number}", "max_length": 1024, "text": text, "labels": labels,
            "classification_type": mode, **({"threshold": 0.5} if number % 2 else {}), "flat_labels": labels,
            "input_ids": inputs["input_ids"][0].tolist(),
            "logits": [round(value, 6) for value in logits.tolist()], "expected": expected,
        }


def make(resources, name, seed, encoder, older=False, **options):
    folder = resources / name
    shutil.rmtree(folder, ignore_errors=True)
    model = GLiClassModel(config_of(encoder, **options))
    randomise(model, seed)
    model.save_pretrained(folder)
    shutil.copyfile(resources / "modernbert-mlp-first" / "tokenizer.json", folder / "tokenizer.json")
    if older:
        with_older_keys(folder)
    (folder / "model.safetensors").chmod(0o644)
    lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases(folder, seed)]
    (folder / "cases.jsonl").write_text("".join(lines))


def rope(global_theta, local_theta):
    return {
        "full_attention": {"rope_type": "default", "rope_theta": global_theta},
        "sliding_attention": {"rope_type": "default", "rope_theta": local_theta},
    }


def main():
    resources = Path(sys.argv[1])
    # The last layer is a local one, and is computed for the tokens asked for alone.
    make(resources, "modernbert-biases", 11,
         dict(norm_bias=True, attention_bias=True, mlp_bias=True, local_attention=128,
              layer_types=["full_attention", "sliding_attention", "full_attention", "sliding_attention"],
              rope_parameters=rope(80000.0, 5000.0)),
         scorer_type="simple", pooling_strategy="first", prompt_first=True)
    # Every token of every layer is computed, and the window is small beside the rows.
    make(resources, "modernbert-older-keys", 12,
         dict(local_attention=32,
              layer_types=["full_attention", "sliding_attention", "full_attention", "sliding_attention"],
              rope_parameters=rope(160000.0, 160000.0)),
         older=True, scorer_type="simple", pooling_strategy="avg", class_token_pooling="average")


if __name__ == "__main__":
    main()
