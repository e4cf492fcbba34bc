"""Schemathesis over the OpenAPI document of a server that this script starts on an empty folder and fills with a few things.

    python benchmarks/fuzz.py --cases 10000 --report fuzz.json

Fails where an answer is 5xx other than 503, or is not in the document: status, media type, headers or shape. The calls
that end the key that is used (leave, deleteTenant, revokeKey) are left to the tests. It needs `schemathesis` (requirements.txt).
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance"
)
ENDING = ("leave", "deleteTenant", "revokeKey")
ROWS = [
    {"text": f"{text}, number {number}", "true_labels": [label], "all_labels": ["billing", "delivery"]}
    for number in range(8)
    for text, label in (("I was charged twice", "billing"), ("My parcel is late", "delivery"))
]


class Server:
    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.folder = tempfile.TemporaryDirectory(prefix="taxon-fuzz")
        self.log = open(pathlib.Path(self.folder.name, "up.log"), "w+")
        command = [str(HERE.parent / "taxon"), "up", "--data", self.folder.name + "/data", "--port", str(port)]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)
        self.key = self.await_key()
        self.operator = subprocess.run(
            [command[0], "operator-key", "--data", self.folder.name + "/data"],
            check=True, capture_output=True, text=True,
        ).stdout.split()[-1]

    def await_key(self):
        for _ in range(1200):
            told = pathlib.Path(self.log.name).read_text()
            if "worker is ready" in told:
                return re.search(r"tx_\w+", told).group()
            if self.process.poll() is not None:
                sys.exit(told)
            time.sleep(0.5)
        sys.exit("The server did not start within ten minutes.")

    def call(self, method, path, body=None, kind="application/json", key=None):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode() if body is not None else None
        headers = {"Authorization": "Bearer " + (key or self.key), "Content-Type": kind}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")

    def filled(self):
        """Things that calls may meet, by area and the names of path parameters."""
        self.call("POST", "/v1/datasets", {"name": "tickets"})
        lines = "\n".join(json.dumps(row) for row in ROWS)
        self.call("POST", "/v1/datasets/tickets/versions", lines, "application/jsonl")
        while self.call("GET", "/v1/datasets/tickets/versions/1")["state"] not in ("ready", "refused"):
            time.sleep(0.5)
        job = self.call("POST", "/v1/jobs", {"kind": "lora", "adapter": "support", "dataset": "tickets"})
        while self.call("GET", "/v1/jobs/" + job["id"])["state"] not in ("succeeded", "failed", "cancelled"):
            time.sleep(1)
        self.call("POST", "/v1/adapters/support/promote", {"version": 1})
        self.call("POST", "/v1/admin/tenants", {"name": "other"}, key=self.operator)
        return {
            "datasets": {"name": ["tickets"], "version": [1], "row": [1]},
            "adapters": {"name": ["support"], "version": [1]},
            "jobs": {"id": [job["id"]]},
            "tenants": {"name": ["other"]},
            "quotas": {"tenant": ["other"]},
        }

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.folder.cleanup()


def fuzz(server, cases, seed, program):
    known = server.filled()
    environment = dict(
        os.environ, SCHEMATHESIS_HOOKS="taxon_hooks", PYTHONPATH=str(HERE / "hooks"), TAXON_KEY=server.key,
        TAXON_OPERATOR_KEY=server.operator, TAXON_KNOWN=json.dumps(known),
    )
    document = urllib.request.urlopen(server.url + "/q/openapi").read().decode()
    operations = document.count("operationId:") - len(ENDING)
    report = pathlib.Path(server.folder.name, "report.json")
    command = [
        program, "--config-file", str(HERE / "hooks" / "schemathesis.toml"), "run", server.url + "/q/openapi", "--checks", CHECKS, "--phases", "coverage,fuzzing", "--workers", "4",
        "--max-examples", str(-(-cases // operations)), "--seed", str(seed), "--continue-on-failure", "--request-timeout",
        "60", "--suppress-health-check", "all", "--report", "json", "--report-json-path", str(report), "--no-color",
    ]
    for operation in ENDING:
        command += ["--exclude-operation-id", operation]
    finished = subprocess.run(command, env=environment)
    # As the operator: a tenant may have been suspended on the way.
    alive = server.call("GET", "/v1/admin/tenants", key=server.operator) is not None
    return {"operations": operations, "status": finished.returncode, "answers_afterwards": alive}, report


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=8097)
    parser.add_argument("--schemathesis", default=str(pathlib.Path(sys.executable).parent / "schemathesis"))
    parser.add_argument("--report", type=pathlib.Path, help="where schemathesis' own report is copied to")
    arguments = parser.parse_args()
    server = Server(arguments.port)
    try:
        result, report = fuzz(server, arguments.cases, arguments.seed, arguments.schemathesis)
        if arguments.report and report.exists():
            arguments.report.write_bytes(report.read_bytes())
    finally:
        server.stop()
    print(json.dumps(result))
    sys.exit(result["status"])


if __name__ == "__main__":
    main()
