"""Few-shot adapters on the visible sets: a table, made by ./taxon itself.

    python benchmarks/few_shot.py --data ../shared/data [--shots 8] [--seeds 1,2,3] [--out docs/benchmarks/few-shot.json]

For each set and seed draws so many examples a label from data/fewshot, trains an adapter by `taxon train lora` with its
defaults (without cross-fitting, which changes no answer of a single-label set) and judges it by `taxon evaluate` on the
whole file of data/eval, beside zero-shot. Beside it stands logistic regression (C = 10) on frozen bge-small embeddings of
the same examples, which benchmarks/Embeddings.java writes; it needs scikit-learn.
"""
import argparse
import collections
import gzip
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def rows_of(path):
    with gzip.open(path, "rt") as lines:
        return [json.loads(line) for line in lines]


def drawn(rows, shots, seed):
    """So many rows of each label, whichever the seed says."""
    rows = rows[:]
    random.Random(seed).shuffle(rows)
    taken = collections.Counter()
    kept = []
    for row in rows:
        label = row["true_labels"][0]
        if taken[label] < shots:
            taken[label] += 1
            kept.append(row)
    return kept


def taxon(*arguments):
    done = subprocess.run([str(ROOT / "taxon"), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"taxon {' '.join(map(str, arguments))}: {done.stderr[-500:]}")
    return done.stdout


def judged(data, *arguments):
    answer = json.loads(taxon("evaluate", "--data", data, "--json", *arguments))
    return {"macro_f1": answer["macro_f1"], "accuracy": answer["accuracy"]}


def embeddings(files, folder):
    """Unit vectors of every text of the files, by Taxon's own base encoder."""
    classpath = (ROOT / "cli/target/classpath").read_text().strip()
    command = ["java", "-XX:+UseSerialGC", "-cp", f"{ROOT}/cli/target/taxon-cli.jar:{classpath}",
               str(ROOT / "benchmarks/Embeddings.java"), str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)


def regression(train, test, train_vectors, test_vectors):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, f1_score
    model = LogisticRegression(C=10, max_iter=1000)
    model.fit(train_vectors, [row["true_labels"][0] for row in train])
    answers = model.predict(test_vectors)
    truth = [row["true_labels"][0] for row in test]
    labels = test[0]["all_labels"]
    return {"macro_f1": f1_score(truth, answers, labels=labels, average="macro", zero_division=0),
            "accuracy": accuracy_score(truth, answers)}


def vectors(path):
    import numpy
    return numpy.fromfile(path, dtype="<f4").reshape(-1, 384)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--shots", type=int, default=8)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--sets", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    model = ["--model", options.model] if options.model else []
    sets = options.sets.split(",") if options.sets else sorted(
        path.name.removesuffix(".jsonl.gz") for path in (options.data / "fewshot").glob("*.jsonl.gz"))
    table = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for name in sets:
            table[name] = measured(name, options, model, folder)
            print(name, json.dumps(summary(table[name])), flush=True)
            write(table, options)


def write(table, options):
    """What is known so far: the sets take minutes each."""
    means = {kind: statistics.mean(summary(row)[kind] for row in table.values())
             for kind in ("zero_shot", "adapter", "regression")}
    print("mean", json.dumps(means), flush=True)
    if options.out:
        options.out.write_text(json.dumps({"shots": options.shots, "seeds": options.seeds, "sets": table,
                                           "mean_macro_f1": means}, indent=1) + "\n")


def measured(name, options, model, folder):
    pool = rows_of(options.data / f"fewshot/{name}.jsonl.gz")
    test = options.data / f"eval/{name}.jsonl.gz"
    row = {"zero_shot": judged(test, *model), "adapter": [], "regression": []}
    embeddings([test], folder)
    for seed in map(int, options.seeds.split(",")):
        few = drawn(pool, options.shots, seed)
        data = folder / f"{name}-{seed}.jsonl"
        data.write_text("".join(json.dumps(example) + "\n" for example in few))
        out = folder / f"{name}-{seed}"
        taxon("train", "lora", "--data", data, "--out", out, "--seed", seed, "--folds", 0, *model)
        row["adapter"].append(judged(test, "--adapter", out, *model))
        embeddings([data], folder)
        row["regression"].append(regression(few, rows_of(test), vectors(folder / f"{data.name}.f32"),
                                            vectors(folder / f"{test.name}.f32")))
    return row


def summary(row):
    return {"zero_shot": round(row["zero_shot"]["macro_f1"], 4),
            "adapter": round(statistics.mean(one["macro_f1"] for one in row["adapter"]), 4),
            "regression": round(statistics.mean(one["macro_f1"] for one in row["regression"]), 4)}


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
