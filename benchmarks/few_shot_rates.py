"""What learning rates do to adapters of a handful of examples, on public sets that nothing shipped was trained or is judged on.

    python benchmarks/few_shot_rates.py --data ../shared/data [--seeds 1] [--sets ...] [--out docs/benchmarks/few-shot-rates.json]

For each task draws 8 examples a label, trains an adapter at each rate and once by the recipe (./taxon train lora with its
defaults, --folds 0), and judges it on rows that were not drawn, beside the base without examples. Tasks are sets of
data/train/research, some cut to a few of their labels so that the base answers them well without examples. What is in the file of
--out of other tasks and seeds stays.
"""
import argparse
import collections
import json
import math
import pathlib
import random
import struct
import tempfile

from few_shot import judged, rows_of, taxon

SHOTS = 8
RATES = ["5e-4", "2e-4", "1e-4"]
JUDGED = 400
# Name: the set and the labels that are kept, all of them where there are none.
TASKS = {
    "flip15": ("flipkart_reviews", ["1 star", "5 stars"]),
    "snip2": ("search_snippets", ["business", "politics and society"]),
    "dd_hap_sad": ("dailydialog_emotion", ["happiness", "sadness"]),
    "stack5": ("stackoverflow_titles", ["magento", "excel", "wordpress", "os x", "matlab"]),
    "alexa_reviews": ("alexa_reviews", []),
    "tw_posneg": ("tweeteval_sentiment", ["negative", "positive"]),
    "mpqa_polarity": ("mpqa_polarity", []),
    "snip4": ("search_snippets", ["sports", "health", "computers", "business"]),
    "emo_joy_sad": ("unified_emotion", ["joy", "sadness"]),
    "sentiment140_sample": ("sentiment140_sample", []),
    "tweeteval_hate": ("tweeteval_hate", []),
    "tweeteval_sentiment": ("tweeteval_sentiment", []),
    "emo4": ("unified_emotion", ["joy", "sadness", "anger", "fear"]),
    "search_snippets": ("search_snippets", []),
    "disaster_tweets": ("disaster_tweets", []),
    "subjectivity": ("subjectivity", []),
    "youtube_spam": ("youtube_spam", []),
    "biomedical_titles": ("biomedical_titles", []),
    "stackoverflow_titles": ("stackoverflow_titles", []),
}


def parts(data, task, seed):
    """The examples to learn from and those to judge by."""
    source, labels = TASKS[task]
    rows = rows_of(data / f"train/research/{source}.jsonl.gz")
    if labels:
        rows = [{**row, "all_labels": labels} for row in rows if row["true_labels"][0] in labels]
    random.Random(seed).shuffle(rows)
    taken = collections.Counter()
    few, others = [], []
    for row in rows:
        label = row["true_labels"][0]
        if taken[label] < SHOTS:
            taken[label] += 1
            few.append(row)
        elif len(others) < JUDGED:
            others.append(row)
    return few, others


def written(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def logits(path):
    """What the base answered to each example, as the job keeps it: how many labels, then their logits, big-endian."""
    bytes_, place, rows = path.read_bytes(), 0, []
    while place < len(bytes_):
        count, = struct.unpack_from(">i", bytes_, place)
        rows.append(struct.unpack_from(f">{count}f", bytes_, place + 4))
        place += 4 + 4 * count
    return rows


def base_error(few, path):
    """The probability that the base gives to wrong labels, on the average over the examples."""
    errors = []
    for row, own in zip(few, logits(path)):
        shares = [math.exp(logit - max(own)) for logit in own]
        errors.append(1 - shares[row["all_labels"].index(row["true_labels"][0])] / sum(shares))
    return sum(errors) / len(errors)


def rounded(figures):
    return {name: round(figure, 3) for name, figure in figures.items()}


def measured(data, task, seed, folder):
    few, others = parts(data, task, seed)
    examples = written(folder / "few.jsonl", few)
    test = written(folder / "test.jsonl", others)
    found = {"labels": len(few[0]["all_labels"]), "rows": len(few), "base": rounded(judged(test))}
    for rate in [*RATES, "recipe"]:
        given = [] if rate == "recipe" else ["--rate", rate]
        taxon("train", "lora", "--data", examples, "--out", folder / rate, "--seed", seed, "--folds", 0, *given)
        found[rate] = rounded(judged(test, "--adapter", folder / rate))
    found["base_error"] = round(base_error(few, folder / "recipe/run/base.logits"), 3)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--sets", default=",".join(TASKS))
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    kept = options.out and options.out.exists()
    table = json.loads(options.out.read_text()) if kept else {}
    for task in options.sets.split(","):
        for seed in map(int, options.seeds.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                found = measured(options.data, task, seed, pathlib.Path(folder))
            table[f"{task}, seed {seed}"] = found
            print(task, seed, json.dumps(found), flush=True)
            if options.out:
                options.out.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
