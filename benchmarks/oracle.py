"""Holds `taxon classify` against the reference's recorded answers, through the command line.

    python benchmarks/oracle.py core/src/test/resources/oracle

A folder of oracle folders: each a checkpoint with cases.jsonl, and adapters/NAME with cases of their own. All cases of a
checkpoint, under every adapter and none, go through one run. Logits within 2e-4 (relative to the row's largest, where that
is above 1), predictions and trees equal; prints the worst of each folder and ends with 1 where one fails.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOLERANCE = 2e-4


def cases(folder):
    yield from ((json.loads(line), None) for line in (folder / "cases.jsonl").read_text().splitlines())
    for adapter in sorted((folder / "adapters").glob("*")):
        yield from ((json.loads(line), adapter.name) for line in (adapter / "cases.jsonl").read_text().splitlines())


def same_scores(expected, found):
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(same_scores(expected[key], found[key]) for key in expected)
    return abs(expected - found) < 1e-4


def agrees(case, result):
    if isinstance(case["expected"], dict):
        return same_scores(case["expected"], result["tree"])
    return {each["label"] for each in case["expected"]} == {each["label"] for each in result["predictions"]}


def difference(case, result):
    largest = max(1, max(abs(logit) for logit in case["logits"]))
    return max(abs(left - right) for left, right in zip(case["logits"], result["logits"], strict=True)) / largest


def check(folder):
    asked = list(cases(folder))
    lines = "".join(json.dumps(case if name is None else {**case, "adapter": name}) + "\n" for case, name in asked)
    command = [str(ROOT / "taxon"), "classify", "--model", str(folder), "--precision", "fp32", "--logits", "--in", "-"]
    for adapter in sorted((folder / "adapters").glob("*")):
        command += ["--adapter", f"{adapter.name}={adapter}"]
    answer = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    results = [json.loads(line) for line in answer.stdout.splitlines()]
    worst = max(difference(case, result) for (case, _), result in zip(asked, results, strict=True))
    wrong = [case["id"] for (case, _), result in zip(asked, results) if not agrees(case, result)]
    print(f"{folder.name:32} {len(asked):4} cases  worst {worst:.1e}  {'wrong: ' + ', '.join(wrong) if wrong else 'ok'}")
    return worst < TOLERANCE and not wrong


def main():
    folders = sorted(folder for folder in pathlib.Path(sys.argv[1]).iterdir() if (folder / "cases.jsonl").exists())
    sys.exit(0 if all([check(folder) for folder in folders]) else 1)


if __name__ == "__main__":
    main()
