"""What the platform does under load and kills, measured from outside over HTTP, beside servers that it starts itself.

    python benchmarks/under_load.py few-shot|flood|overload|latency|job|kills|tenants [--out docs/benchmarks/platform.json] ...

Each measurement starts `./taxon up` on an empty data folder and a free port, and stops it at the end. It needs nothing but
Python's standard library; what is in docs/benchmarks/platform.json of another measurement stays there.

few-shot   four labels with eight examples of about 60 tokens each (of ag_news), from upload to promoted
latency    what the server adds to the forward pass, one text a call, by the server's own clocks and the client's
job        the 95th percentile of calls at a third of the capacity, alone and while a training job runs
flood      the 95th percentile of many tenants at half the capacity, alone and beside one that sends twenty times its share
overload   ten times the capacity for a while: what is answered, what is refused and how fast, and what memory does
kills      kill -9 of the api and of Postgres at random moments under writes: every acknowledged write must be there
tenants    list, classify and promote with 10 and with 10,000 tenants
"""

import argparse
import concurrent.futures
import contextlib
import gzip
import http.client
import json
import multiprocessing
import os
import pathlib
import random
import signal
import socket
import statistics
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LABELS = ["sports", "business", "politics", "science"]
SENTENCE = "The committee met on Tuesday to discuss the results of the last quarter and what they mean for the season ahead. "


class Client:
    """One connection that is opened again when it breaks. Of one thread."""

    def __init__(self, port, token, timeout=60):
        self.port, self.token, self.timeout = port, token, timeout
        self.connection = None

    def call(self, method, path, body=None, media="application/json", **headers):
        """Status, headers and bytes of the answer."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        if content is not None:
            sent["Content-Type"] = media
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connection.request(method, path, content, sent)
            answer = self.connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except OSError:
            self.close()
            raise
        except http.client.HTTPException as broken:
            self.close()
            raise ConnectionError(str(broken)) from broken

    def json(self, method, path, body=None, **headers):
        status, _, content = self.call(method, path, body, **headers)
        if status >= 300:
            raise SystemExit(f"{method} {path}: {status} {content[:500].decode()}")
        return json.loads(content) if content else None

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Server:
    """`./taxon up` on a data folder of its own."""

    def __init__(self, folder, extra=(), environment=None):
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [str(ROOT / "taxon"), "up", "--data", folder, "--port", str(self.port), *extra], stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})})
        self.token = None
        for line in self.process.stdout:
            if "Bearer tx_" in line:
                self.token = line.split("Bearer ")[1].split("'")[0]
                break
        if self.token is None:
            raise SystemExit("taxon up did not come up")
        threading.Thread(target=lambda: [None for _ in self.process.stdout], daemon=True).start()

    def client(self, token=None, timeout=60):
        return Client(self.port, token or self.token, timeout)

    def operator(self):
        made = subprocess.run([str(ROOT / "taxon"), "operator-key", "--data", self.folder], capture_output=True, text=True)
        if made.returncode:
            raise SystemExit(made.stderr)
        return self.client(made.stdout.split()[-1])

    def children(self, word):
        """Processes of this server whose command line has a word."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                environment = (entry / "environ").read_bytes().decode(errors="replace") if word != "postgres" else ""
                if word == "postgres" and "postgres" in command and self.folder in command:
                    found.append(int(entry.name))
                elif word != "postgres" and f"QUARKUS_HTTP_PORT={self.port}\0" in environment and "java" in command \
                        and "quarkus-run.jar" in command:
                    found.append(int(entry.name))
        return found

    def metric(self, name):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", "/q/metrics")
        lines = connection.getresponse().read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.split("{")[0].split(" ")[0] == name)

    def ready(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", "/q/health/ready")
            return connection.getresponse().status == 200
        return False

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


@contextlib.contextmanager
def server(extra=(), environment=None):
    with tempfile.TemporaryDirectory() as folder:
        running = Server(folder, extra, environment)
        try:
            yield running
        finally:
            running.stop()


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def rows(data, count):
    with gzip.open(data, "rt") as lines:
        return [json.loads(line) for _, line in zip(range(count), lines)]


def text(draw, words=60):
    return " ".join(draw.sample(SENTENCE.split() * 4, words))


# One text a call, at moments that do not wait for answers.

class Load:
    """Calls at a rate, from threads that each keep one connection; what each came to."""

    def __init__(self, port, tokens, rate, seconds, threads=64, seed=1, timeout=30):
        self.port, self.tokens, self.rate, self.seconds, self.timeout = port, tokens, rate, seconds, timeout
        self.threads, self.seed = threads, seed
        self.outcomes = []
        self.lock = threading.Lock()

    def run(self):
        self.start = time.perf_counter()
        workers = [threading.Thread(target=self.work, args=(number,), daemon=True) for number in range(self.threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return self

    def work(self, number):
        draw = random.Random(self.seed * 1000 + number)
        clients = {}
        own, moment = [], self.start + draw.random() * self.threads / self.rate
        # What is due is given up at the end, not sent late: a server that is slow would be measured for ever.
        while max(moment, time.perf_counter()) < self.start + self.seconds:
            time.sleep(max(0, moment - time.perf_counter()))
            token = draw.choice(self.tokens)
            client = clients.setdefault(token, Client(self.port, token, self.timeout))
            began = time.perf_counter()
            try:
                status, _, _ = client.call("POST", "/v1/classify", dict(texts=[text(draw)], labels=LABELS))
            except OSError:
                status = 0
            # From the moment at which the call was due, so that a slow server cannot hide its queue.
            own.append((token, status, time.perf_counter() - moment, time.perf_counter() - began))
            moment += draw.expovariate(self.rate / self.threads)
        with self.lock:
            self.outcomes += own

    def latencies(self, tokens=None):
        return [since for token, status, since, _ in self.outcomes if status == 200 and (tokens is None or token in tokens)]

    def statuses(self):
        counts = {}
        for _, status, _, _ in self.outcomes:
            counts[str(status)] = counts.get(str(status), 0) + 1
        return counts


def capacity(running, token, seconds=10, clients=32):
    """Calls of one text that as many clients have answered a second, after as long to warm up."""
    for _ in range(2):
        done = []

        def work(number):
            client, draw, count = running.client(token), random.Random(number), 0
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                client.json("POST", "/v1/classify", dict(texts=[text(draw)], labels=LABELS))
                count += 1
            done.append(count)

        workers = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return sum(done) / seconds


def few_shot(arguments):
    chosen, taken = [], {}
    for row in rows(arguments.examples, 5000):
        label = row["true_labels"][0]
        if taken.get(label, 0) < 8:
            taken[label] = taken.get(label, 0) + 1
            chosen.append({"text": row["text"], "label": label})
    with server() as running:
        client = running.client()
        body = "\n".join(map(json.dumps, chosen)).encode()
        start = time.perf_counter()
        client.json("POST", "/v1/datasets", dict(name="tickets"))
        status, _, content = client.call("POST", "/v1/datasets/tickets/versions", body, "application/jsonl")
        assert status in (201, 202), content
        while (state := client.json("GET", "/v1/datasets/tickets/versions/1"))["state"] not in ("ready", "refused"):
            time.sleep(0.1)
        imported = time.perf_counter() - start
        job = client.json("POST", "/v1/jobs", dict(kind="lora", adapter="support", dataset="tickets"))
        while (now := client.json("GET", f"/v1/jobs/{job['id']}"))["state"] not in ("succeeded", "failed", "cancelled"):
            time.sleep(0.2)
        trained = time.perf_counter() - start
        assert now["state"] == "succeeded", now
        client.json("POST", "/v1/adapters/support/promote", dict(version=1))
        promoted = time.perf_counter() - start
        answer = client.json("POST", "/v1/classify", dict(texts=[chosen[0]["text"]], adapter="support"))
        return dict(rows=len(chosen), dataset_state=state["state"], imported_s=imported, trained_s=trained, promoted_s=promoted,
                    adapter=answer["results"][0]["adapter"])


def exchange(connection, request):
    """Sends the bytes of a call and reads its answer, with as little work in this process as can be."""
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    assert b" 200 " in head.split(b"\r\n")[0] + b" ", head


def request_of(running, one):
    body = json.dumps(dict(texts=[one], labels=LABELS)).encode()
    return (f"POST /v1/classify HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {running.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body


def latency(arguments):
    with server() as running, socket.create_connection(("127.0.0.1", running.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        draw = random.Random(3)
        calls = [request_of(running, text(draw)) for _ in range(50)]
        # Until the server's compiler has nothing left to do.
        for call in calls * 40:
            exchange(connection, call)
        # The forward pass of each call by itself, so that a median is one of differences.
        taken, forwards = [], []
        for call in calls * 10:
            before = running.metric("taxon_batch_forward_seconds_sum")
            start = time.perf_counter()
            exchange(connection, call)
            taken.append(time.perf_counter() - start)
            forwards.append(running.metric("taxon_batch_forward_seconds_sum") - before)
        added = [1e3 * (whole - forward) for whole, forward in zip(taken, forwards)]
        return dict(calls=len(taken), client_p50_ms=1e3 * statistics.median(taken),
                    forward_p50_ms=1e3 * statistics.median(forwards), added_p50_ms=statistics.median(added),
                    added_mean_ms=statistics.mean(added), added_p95_ms=sorted(added)[len(added) * 95 // 100])


def job(arguments):
    """Training beside answering, by the worker that `taxon up` runs at low priority."""
    with server() as running:
        client, most = running.client(), capacity(running, running.token)
        examples = [json.dumps({"text": row["text"], "label": row["true_labels"][0]}) for row in rows(arguments.examples, 1000)]
        client.json("POST", "/v1/datasets", dict(name="tickets"))
        status, _, content = client.call(
            "POST", "/v1/datasets/tickets/versions", "\n".join(examples).encode(), "application/jsonl")
        assert status == 201, content
        while client.json("GET", "/v1/datasets/tickets/versions/1")["state"] not in ("ready", "refused"):
            time.sleep(0.1)
        alone = Load(running.port, [running.token], most / 3, arguments.seconds).run()
        begun = client.json("POST", "/v1/jobs", dict(kind="lora", adapter="support", dataset="tickets"))
        while client.json("GET", f"/v1/jobs/{begun['id']}")["state"] != "running":
            time.sleep(0.2)
        beside = Load(running.port, [running.token], most / 3, arguments.seconds, seed=2).run()
        state = client.json("GET", f"/v1/jobs/{begun['id']}")["state"]
        p95 = percentile(alone.latencies(), 0.95), percentile(beside.latencies(), 0.95)
        return dict(capacity=most, job_afterwards=state, alone=dict(p95_ms=1e3 * p95[0], statuses=alone.statuses()),
                    beside=dict(p95_ms=1e3 * p95[1], statuses=beside.statuses()), ratio=p95[1] / p95[0])


def tenants_of(operator, count, prefix="tenant"):
    return [operator.json("POST", "/v1/admin/tenants", dict(name=f"{prefix}-{number}"))["token"] for number in range(count)]


def flood(arguments):
    with server() as running:
        operator = running.operator()
        quiet, [loud] = tenants_of(operator, 9), tenants_of(operator, 1, "loud")
        most = capacity(running, running.token)
        alone = Load(running.port, quiet, most / 2, arguments.seconds).run()
        # Its share is a tenth of the capacity; it sends twenty times that.
        # In a process of its own, so that the others' clients need not wait for its threads.
        context = multiprocessing.get_context("fork")
        answers = context.SimpleQueue()
        flooding = context.Process(
            target=lambda: answers.put(Load(running.port, [loud], 2 * most, arguments.seconds, 256, 7).run().statuses()))
        flooding.start()
        beside = Load(running.port, quiet, most / 2, arguments.seconds, seed=2).run()
        flooding.join()
        p95 = percentile(alone.latencies(), 0.95), percentile(beside.latencies(), 0.95)
        return dict(capacity=most, alone=dict(p95_ms=1e3 * p95[0], statuses=alone.statuses()),
                    beside=dict(p95_ms=1e3 * p95[1], statuses=beside.statuses()), flooder=answers.get(),
                    ratio=p95[1] / p95[0])


def memory(pids):
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) / 1024
    return total


def overload(arguments):
    with server() as running:
        most = capacity(running, running.token)
        usual = Load(running.port, [running.token], 0.7 * most, arguments.seconds).run()
        pids = running.children("api")
        # Of a server that has once been busy, so that growth is growth.
        Load(running.port, [running.token], 10 * most, 20, 512, 8).run()
        before = memory(pids)
        heavy = Load(running.port, [running.token], 10 * most, arguments.overload_seconds, 512, 9).run()
        after = memory(pids)
        refused = [took for _, status, _, took in heavy.outcomes if status in (429, 503)]
        accepted = [took for _, status, _, took in heavy.outcomes if status == 200]
        usual_p99 = percentile([took for _, status, _, took in usual.outcomes if status == 200], 0.99)
        return dict(capacity=most, usual=dict(p99_ms=1e3 * usual_p99, statuses=usual.statuses()), statuses=heavy.statuses(),
                    accepted_p99_ms=1e3 * percentile(accepted, 0.99), refused_p99_ms=1e3 * percentile(refused, 0.99),
                    ratio=percentile(accepted, 0.99) / usual_p99, pss_mb=[before, after], alive=running.children("api") == pids)


def kills(arguments):
    draw = random.Random(11)
    with server() as running:
        acknowledged, failures, stop = [], [], threading.Event()

        def write(number):
            client, count = running.client(timeout=20), 0
            while not stop.is_set():
                name = f"d-{number}-{count}"
                count += 1
                try:
                    status, _, content = client.call("POST", "/v1/datasets", dict(name=name))
                except OSError:
                    # As any client does; four that spin would take a core from the server that starts.
                    time.sleep(0.1)
                    continue
                if status == 201:
                    acknowledged.append(name)
                elif status == 503:
                    time.sleep(0.1)
                elif status != 409:
                    failures.append((status, content.decode()))

        writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for writer in writers:
            writer.start()
        recoveries = {"api": [], "postgres": []}
        for kind in recoveries:
            for _ in range(arguments.kills):
                time.sleep(draw.uniform(0.5, 3))
                pids = running.children(kind)
                if kind == "postgres":
                    # The postmaster, whose children go with it.
                    pids = [int(pathlib.Path(next(pathlib.Path(running.folder).rglob("postmaster.pid"))).read_text().split()[0])]
                for pid in pids:
                    # What is on its way out already need not be killed.
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                start, probe = time.perf_counter(), running.client(timeout=3)
                while True:
                    with contextlib.suppress(OSError):
                        status, _, _ = probe.call("POST", "/v1/datasets", dict(name=f"probe-{kind}-{time.time_ns()}"))
                        if status == 201:
                            break
                    if time.perf_counter() - start > 120:
                        raise SystemExit(f"no recovery from a kill of {kind}")
                    time.sleep(0.1)
                recoveries[kind].append(time.perf_counter() - start)
        stop.set()
        for writer in writers:
            writer.join()
        client, there, after = running.client(), set(), ""
        while True:
            page = client.json("GET", f"/v1/datasets?limit=1000&after={after}")
            there |= {item["name"] for item in page["items"]}
            if "next" not in page:
                break
            after = page["next"]
        lost = [name for name in acknowledged if name not in there]
        return dict(acknowledged=len(acknowledged), lost=len(lost), other_statuses=len(failures), first_of_them=failures[:3],
                    recovery_s={kind: dict(median=statistics.median(own), most=max(own)) for kind, own in recoveries.items()})


def tenant_with_adapter(running, operator_key, name, adapter):
    token = running.client(operator_key).json("POST", "/v1/admin/tenants", dict(name=name))["token"]
    client = running.client(token)
    for _ in range(2):
        status, _, content = client.call("POST", "/v1/adapters/support/versions", adapter, "application/zip")
        assert status == 201, content
    client.json("POST", "/v1/adapters/support/promote", dict(version=1))
    client.close()
    return token


def tenants(arguments):
    """Each tenant imports the same small adapter; times are of tenants drawn at random."""
    adapter = pathlib.Path(arguments.adapter).read_bytes()
    with server() as running:
        operator_key, draw, found, tokens = running.operator().token, random.Random(5), {}, []
        for count in (10, arguments.tenants):
            with concurrent.futures.ThreadPoolExecutor(4) as makers:
                tokens += makers.map(
                    lambda number: tenant_with_adapter(running, operator_key, f"t{number}", adapter), range(len(tokens), count))
            times = {"list": [], "classify": [], "promote": []}
            for number in range(100):
                client = running.client(draw.choice(tokens))
                client.json("GET", "/v1/usage")
                body = dict(texts=[text(draw)], adapter="support", labels=LABELS)
                client.json("POST", "/v1/classify", body)
                for kind, call in (("list", ("GET", "/v1/adapters", None)), ("classify", ("POST", "/v1/classify", body)),
                                   ("promote", ("POST", "/v1/adapters/support/promote", dict(version=1 + number % 2)))):
                    start = time.perf_counter()
                    client.json(*call)
                    times[kind].append(time.perf_counter() - start)
                client.close()
            found[str(count)] = {kind: 1e3 * statistics.median(own) for kind, own in times.items()}
        few, many = found["10"], found[str(arguments.tenants)]
        return dict(milliseconds=found, ratios={kind: many[kind] / few[kind] for kind in few})


MEASUREMENTS = {"few-shot": few_shot, "flood": flood, "overload": overload, "latency": latency, "job": job,
                "kills": kills, "tenants": tenants}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measurement", choices=MEASUREMENTS)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--overload-seconds", type=float, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--tenants", type=int, default=10_000)
    parser.add_argument("--examples", default="../shared/data/fewshot/ag_news.jsonl.gz")
    parser.add_argument("--adapter", help="a PEFT folder as zip, for the measurement tenants")
    arguments = parser.parse_args()
    found = MEASUREMENTS[arguments.measurement](arguments)
    print(json.dumps(found, indent=1))
    if arguments.out:
        before = json.loads(arguments.out.read_text()) if arguments.out.exists() else {}
        arguments.out.write_text(json.dumps({**before, arguments.measurement: found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
