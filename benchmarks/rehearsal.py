"""What rehearsal keeps when an adapter goes on with new rows, and what it costs: a table, made by ./taxon itself.

    python benchmarks/rehearsal.py --data ../shared/data [--sets snips,trec] [--seeds 1,2,3] [--out docs/benchmarks/rehearsal.json]

For each set of data/fewshot and seed: an adapter learns eight examples of each of the first half of the labels, then goes on
with eight of each of the other half, once alone and once with the older rows rehearsed (`--rehearse`). Both are judged, with
all labels offered, on the rows of the set that nobody learned from, those of older and of newer labels apart.
"""
import argparse
import json
import pathlib
import statistics
import tempfile

from few_shot import drawn, rows_of, taxon


def parts(path, seed):
    """Rows to learn and rows to judge, each of older labels and of newer ones."""
    rows = rows_of(path)
    labels = rows[0]["all_labels"]
    older = labels[:len(labels) // 2]
    learned = drawn(rows, 8, seed)
    texts = {row["text"] for row in learned}
    judged = [row for row in rows if row["text"] not in texts]
    return {(kind, age): [row for row in of if (row["true_labels"][0] in older) == (age == "older")]
            for kind, of in (("learned", learned), ("judged", judged)) for age in ("older", "newer")}, older


def written(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def accuracy(adapter, data):
    return json.loads(taxon("evaluate", "--data", data, "--json", "--adapter", adapter))["accuracy"]


def measured(path, seed, folder):
    of, older = parts(path, seed)
    first = written(folder / "first.jsonl", [{**row, "all_labels": older} for row in of["learned", "older"]])
    second = written(folder / "second.jsonl", of["learned", "newer"])
    judged = {age: written(folder / f"{age}.jsonl", of["judged", age]) for age in ("older", "newer")}
    start = folder / "start"
    common = ("--seed", seed, "--folds", 0)
    taxon("train", "lora", "--data", first, "--out", start, *common)
    # The older rows stand beside all labels from now on.
    again = written(folder / "again.jsonl", of["learned", "older"])
    found = {"before": {age: accuracy(start, rows) for age, rows in judged.items()}}
    for name, more in (("alone", ()), ("rehearsed", ("--rehearse", again))):
        out = folder / name
        taxon("train", "lora", "--data", second, "--from", start, "--out", out, *common, *more)
        found[name] = {age: accuracy(out, rows) for age, rows in judged.items()}
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--sets", default="snips,trec")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    table = {}
    for name in options.sets.split(","):
        table[name] = []
        for seed in map(int, options.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                table[name].append(measured(options.data / f"fewshot/{name}.jsonl.gz", seed, pathlib.Path(folder)))
            print(name, seed, json.dumps(table[name][-1]), flush=True)
            if options.out:
                options.out.write_text(json.dumps(table, indent=1) + "\n")
    for when in ("before", "alone", "rehearsed"):
        print(when, {age: round(statistics.mean(run[when][age] for runs in table.values() for run in runs), 3)
                     for age in ("older", "newer")})


if __name__ == "__main__":
    main()
