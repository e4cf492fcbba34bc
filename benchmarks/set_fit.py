"""SetFit on Taxon's own base encoder, on the same few examples as few_shot.py, into the same table.

    python benchmarks/set_fit.py --data ../shared/data --base FOLDER [--seeds 1,2,3] [--out docs/benchmarks/few-shot.json]

FOLDER is what benchmarks/BaseEncoder.java writes. SetFit with its own defaults: all pairs once, 16 a batch, cosine loss,
logistic regression on top; bge's pooling and norm. It needs setfit 1.1.3, which needs a transformers older than the other
benchmarks do: an environment of its own, with `pip install torch==2.7.1 setfit==1.1.3 "transformers<5"`.
"""
import argparse
import json
import pathlib
import statistics
import tempfile
import time

from datasets import Dataset
from few_shot import drawn, rows_of
from sentence_transformers import SentenceTransformer, models
from setfit import SetFitModel, Trainer, TrainingArguments
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score


def model_of(folder):
    encoder = models.Transformer(str(folder), max_seq_length=512)
    pooling = models.Pooling(encoder.get_word_embedding_dimension(), pooling_mode="cls")
    return SetFitModel(model_body=SentenceTransformer(modules=[encoder, pooling, models.Normalize()], device="cpu"),
                       model_head=LogisticRegression(max_iter=1000))


def measured(base, few, test, seed):
    labels = test[0]["all_labels"]
    examples = Dataset.from_dict({"text": [row["text"] for row in few],
                                  "label": [labels.index(row["true_labels"][0]) for row in few]})
    model = model_of(base)
    with tempfile.TemporaryDirectory() as scratch:
        arguments = TrainingArguments(output_dir=scratch, seed=seed, report_to="none", save_strategy="no",
                                      show_progress_bar=False)
        began = time.monotonic()
        Trainer(model=model, args=arguments, train_dataset=examples).train()
        took = time.monotonic() - began
    # By length, so that little of a batch is padding.
    order = sorted(range(len(test)), key=lambda index: len(test[index]["text"]))
    answers = model.predict([test[index]["text"] for index in order], show_progress_bar=False)
    truth = [labels.index(test[index]["true_labels"][0]) for index in order]
    return {"macro_f1": f1_score(truth, answers, labels=range(len(labels)), average="macro", zero_division=0),
            "accuracy": accuracy_score(truth, answers), "seconds": took}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--base", type=pathlib.Path, required=True)
    parser.add_argument("--shots", type=int, default=8)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--sets", default="")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    sets = options.sets.split(",") if options.sets else sorted(
        path.name.removesuffix(".jsonl.gz") for path in (options.data / "fewshot").glob("*.jsonl.gz"))
    table = json.loads(options.out.read_text()) if options.out.exists() else {}
    found = table.setdefault("set_fit", {"sets": {}})
    for name in sets:
        pool, test = (rows_of(options.data / f"{part}/{name}.jsonl.gz") for part in ("fewshot", "eval"))
        row = found["sets"][name] = []
        for seed in map(int, options.seeds.split(",")):
            row.append(measured(options.base, drawn(pool, options.shots, seed), test, seed))
            print(name, seed, json.dumps(row[-1]), flush=True)
            found["mean_macro_f1"] = statistics.mean(
                statistics.mean(one["macro_f1"] for one in rows) for rows in found["sets"].values())
            options.out.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
