"""``ressenti annotate --engine ray`` on several hosts, which lose their power, their network and their store while they work.

    sudo python benchmarks/hosts                                     # all that may happen, some minutes
    sudo python benchmarks/hosts --only power --narratives 2000

The hosts are Linux namespaces on this machine (`network.py`): each has processes, a network card, `/tmp` and shared memory of its own, and
they share nothing but a switch and the installation. One is a store of objects (moto's server of S3), one the head of a Ray cluster, on
which the command runs and nothing is annotated, two or more work, a processor each. What a run wrote is compared with what ``--jobs``
writes of the same narratives: the same lines in the same order, each once. Exit status 1 where they differ. Needs root, the extra [ray],
and s3fs, moto[s3], flask and flask-cors of PyPI.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from network import Host, Network, missing, network

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from ray_million import narratives

BUCKET, PORT = "seau", 5000
SHARD = 100
OPTIONS = ("--allow-network", "--jobs", "0", "--shard-size", str(SHARD))
WORKERS = ("first", "second")
READ = """
import sys, boto3
bucket, prefix, to = sys.argv[1:]
store = boto3.client("s3")
pages = store.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
names = sorted(item["Key"] for page in pages for item in page.get("Contents", ()))
if to:
    with open(to, "wb") as out:
        for name in names:
            out.write(store.get_object(Bucket=bucket, Key=name)["Body"].read())
print(len(names))
"""
WRITE = """
import sys, boto3
bucket, source = sys.argv[1:]
store = boto3.client("s3")
store.create_bucket(Bucket=bucket)
store.upload_file(source, bucket, "in.jsonl")
"""
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}


class Store:
    """A store of objects on a host of its own, which alone shares a folder with the machine.

    Args:
        net: Where it stands.
        folder: The folder.
        source: Narratives to put there.
    """

    def __init__(self, net: Network, folder: Path, source: Path) -> None:
        self.host, self._folder = net.host("store", [folder]), folder
        self.env = {**CREDENTIALS, "AWS_ENDPOINT_URL": f"http://{self.host.address}:{PORT}"}
        server = [sys.executable, "-m", "moto.server", "-H", "0.0.0.0", "-p", str(PORT)]  # noqa: S104 - of its own network
        self.host.start(server, heard=False)
        for _ in range(60):
            put = self.host.run([sys.executable, "-c", WRITE, BUCKET, str(source)], self.env)
            if put.returncode == 0:
                return
            time.sleep(0.5)
        raise SystemExit(f"the store does not answer: {put.stderr[-500:]}")

    def shards(self, run: str) -> int:
        """How many shards of a run there are."""
        return int(self._read(f"{run}/part-", ""))

    def lines(self, run: str) -> bytes:
        """All lines of a run, in the order of its shards."""
        to = self._folder / run
        self._read(f"{run}/part-", str(to))
        return to.read_bytes()

    def _read(self, prefix: str, to: str) -> str:
        done = self.host.run([sys.executable, "-c", READ, BUCKET, prefix, to], self.env)
        if done.returncode:
            raise SystemExit(f"the store cannot be read: {done.stderr[-500:]}")
        return done.stdout


@dataclass
class Cluster:
    """A Ray on several hosts.

    Attributes:
        net: What joins them.
        store: Where its runs read and write.
        narratives: How many they are to annotate.
        name: Of the runs.
        workers: The hosts that annotate, by name.
    """

    net: Network
    store: Store
    narratives: int
    name: str
    workers: dict[str, Host] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ray = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}
        self.env = {**ray, **self.store.env}
        self.head = self.net.host(f"{self.name}-head")
        self._ray(self.head, "--head", "--port=6379", "--num-cpus=0", "--include-dashboard=false")
        for name in WORKERS:
            self.join(name)

    def join(self, name: str) -> None:
        """One host more that annotates."""
        self.workers[name] = self.net.host(f"{self.name}-{name}")
        self._ray(self.workers[name], f"--address={self.head.address}:6379", "--num-cpus=1")

    def _ray(self, host: Host, *options: str) -> None:
        common = (f"--node-ip-address={host.address}", "--object-store-memory=300000000")
        done = host.run([sys.executable, "-m", "ray.scripts.scripts", "start", *options, *common], self.env)
        if done.returncode:
            raise SystemExit(f"Ray does not start on {host.name}: {done.stderr[-1000:]}")

    def annotate(self, *more: str) -> subprocess.Popen[str]:
        """Begin a run."""
        words = [sys.executable, "-m", "ressenti", "annotate", "--engine", "ray", "--address", f"{self.head.address}:6379", *OPTIONS]
        return self.head.start([*words, f"s3://{BUCKET}/in.jsonl", "-o", f"s3://{BUCKET}/{self.name}", *more], self.env)

    def wait(self, share: float, process: subprocess.Popen[str]) -> None:
        """Until a share of the shards is written, or the run is at its end."""
        wanted = share * self.narratives / SHARD
        while process.poll() is None and self.store.shards(self.name) < wanted:
            time.sleep(0.2)


Happening = Callable[[Cluster, subprocess.Popen[str]], None]


def nothing(cluster: Cluster, process: subprocess.Popen[str]) -> None:
    """Nothing happens."""


def power(cluster: Cluster, process: subprocess.Popen[str]) -> None:
    """One of two hosts loses its power after a quarter; ten seconds later a new one joins."""
    cluster.wait(0.25, process)
    cluster.workers["second"].off()
    time.sleep(10)
    cluster.join("third")


def cable(cluster: Cluster, process: subprocess.Popen[str]) -> None:
    """One of two hosts loses the network for a minute, works on by itself, and is back when others have done its work."""
    cluster.wait(0.25, process)
    cluster.net.cable(cluster.workers["second"], False)
    time.sleep(60)
    cluster.net.cable(cluster.workers["second"], True)


def store(cluster: Cluster, process: subprocess.Popen[str]) -> None:
    """The store is out of reach for a quarter of a minute."""
    cluster.wait(0.25, process)
    cluster.net.cable(cluster.store.host, False)
    time.sleep(15)
    cluster.net.cable(cluster.store.host, True)


def head(cluster: Cluster, process: subprocess.Popen[str]) -> None:
    """The host on which the command runs loses its power after a quarter; a new cluster goes on."""
    cluster.wait(0.25, process)
    cluster.head.off()


HAPPENINGS: dict[str, Happening] = {function.__name__: function for function in (nothing, power, cable, store, head)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--narratives", type=int, default=6000, help="default: %(default)s")
    parser.add_argument("--only", choices=HAPPENINGS, action="append", help="what happens; several times for several")
    options = parser.parse_args()
    if lacking := missing():
        raise SystemExit(lacking)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ray", "s3fs", "moto"))
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {versions}, {os.cpu_count()} cores\n")
    print("| | what happened | seconds | goes on by `--resume` | the same lines |\n| --- | --- | ---: | --- | --- |")
    failed = False
    with tempfile.TemporaryDirectory() as place:
        source, expected = prepared(Path(place), options.narratives)
        for name in options.only or HAPPENINGS:
            row, same = happen(name, Path(place), source, expected, options.narratives)
            print(row, flush=True)
            failed |= not same
    sys.exit(failed)


def prepared(place: Path, number: int) -> tuple[Path, list[bytes]]:
    """Narratives in a file, and what one machine makes of them."""
    source, out = place / "in.jsonl", place / "alone"
    rows = (json.dumps({"id": f"n{n}", "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(narratives(None, number)))
    source.write_text("".join(rows), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ressenti", "annotate", str(source), "-o", f"{out}/", "--jobs", "2"], check=True)
    expected = [line for path in sorted((out / "narratives").glob("part-*")) for line in path.read_bytes().splitlines()]
    if len(expected) != number:
        raise SystemExit(f"one machine wrote {len(expected)} narratives of {number}")
    return source, expected


@contextmanager
def hosts(place: Path, source: Path, name: str, number: int) -> Iterator[Cluster]:
    """A network with a store and a cluster."""
    paths = [Path(part) for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    with network([Path(sys.prefix), Path(__file__).parents[2], *paths]) as net:
        yield Cluster(net, Store(net, place, source), number, name)


def happen(name: str, place: Path, source: Path, expected: list[bytes], number: int) -> tuple[str, bool]:
    """A row of the table, and whether a run wrote what it should."""
    happening = HAPPENINGS[name]
    with hosts(place, source, name, number) as cluster:
        began = time.monotonic()
        process = cluster.annotate()
        happening(cluster, process)
        said, resumed = ended(process, cluster), 0
        while said and resumed < 3:
            resumed += 1
            if name == "head" and resumed == 1:
                again = Cluster(cluster.net, cluster.store, number, f"{name}2")
                again.name, cluster = name, again
            said = ended(cluster.annotate("--resume"), cluster)
        seconds = time.monotonic() - began
        same = cluster.store.lines(name).splitlines() == expected
    about = " ".join((happening.__doc__ or "").split())
    return f"| {name} | {about} | {seconds:.0f} | {f'{resumed} times' if resumed else 'no'} | {'yes' if same else 'NO'} |", same


def ended(process: subprocess.Popen[str], cluster: Cluster) -> str:
    """What a run said when it failed, at most ten minutes later; empty where it did not."""
    try:
        _, said = process.communicate(timeout=600)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        said = "it hung"
    if process.returncode:
        print(f"  {cluster.name}: status {process.returncode}: {said.strip()[-600:]}", file=sys.stderr, flush=True)
    return said.strip() or "killed" if process.returncode else ""


if __name__ == "__main__":
    main()
