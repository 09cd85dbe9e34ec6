"""Hosts made of Linux namespaces: each with processes, a network card, `/tmp` and shared memory of its own, and joined by a switch.

Nothing of the machine's own network is touched, and no host reaches it: the switch is a namespace, too. Root is needed, and `ip`,
`unshare` and `nsenter` of Debian's iproute2 and util-linux. What lies in `/tmp` outside, an environment of Python for instance, is seen
inside where it is named to :class:`Network`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

TOOLS = ("ip", "unshare", "nsenter", "mount")
NET = "10.77.0"
_ROOM = "size=4g"


def missing() -> str:
    """What is not there that hosts need; empty where all is."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "hosts are made by root alone, on Linux"
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        return f"{', '.join(lacking)} not found"
    tried = subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "this system lets nobody make namespaces"


class Host:
    """A machine of its own, as far as its processes can tell.

    Args:
        name: What it calls itself.
        address: Its IP address; empty for one without a network.
        seen: Folders below `/tmp` that it shares with the machine.
    """

    def __init__(self, name: str, address: str, seen: Sequence[Path] = ()) -> None:
        self.name, self.address, self.card = name, address, "port" + address.rpartition(".")[2]
        inside = {path: f"/mnt/{path.relative_to('/tmp')}" for path in seen}  # noqa: S108
        binds = "".join(f'mkdir -p "{to}"; mount --bind "{path}" "{to}"; ' for path, to in inside.items())
        script = (
            f"set -e; mount -t tmpfs -o {_ROOM} tmp /mnt; {binds} mount --move /mnt /tmp; chmod 1777 /tmp; mkdir -p /tmp/home; "
            f"mount -t tmpfs -o {_ROOM} shm /dev/shm; hostname {name}; ip link set lo up; echo ready; sleep infinity & wait"
        )
        command = ["unshare", "--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", script]
        self._outside = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self._outside.stdout is None or self._outside.stdout.readline() != "ready\n":
            raise SystemExit(f"host {name} was not made: {self._outside.communicate()[1].strip()}")
        children = Path(f"/proc/{self._outside.pid}/task/{self._outside.pid}/children")
        self.first = int(children.read_text().split()[0])
        """The number of its first process, as the machine sees it; a shell, which buries what its own parents left."""

    def command(self, words: Sequence[str]) -> list[str]:
        """What runs a command on it."""
        return ["nsenter", "-t", str(self.first), "-n", "-m", "-u", "-i", "-p", *words]

    def run(self, words: Sequence[str], env: Mapping[str, str] | None = None, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command on it to its end."""
        return subprocess.run(
            self.command(words), env=_environment(env), capture_output=True, text=True, timeout=seconds, check=False, cwd="/"
        )

    def start(self, words: Sequence[str], env: Mapping[str, str] | None = None, heard: bool = True) -> subprocess.Popen[str]:
        """Begin a command on it; if it is ``heard``, what it says to standard error is kept for `communicate`: as much as a pipe holds."""
        errors = subprocess.PIPE if heard else subprocess.DEVNULL
        return subprocess.Popen(self.command(words), env=_environment(env), stdout=subprocess.DEVNULL, stderr=errors, text=True, cwd="/")

    def off(self) -> None:
        """Cut its power: all of its processes end at once, and its memory and `/tmp` are gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.first, signal.SIGKILL)
        self._outside.wait()


def _environment(env: Mapping[str, str] | None) -> dict[str, str]:
    return {**os.environ, "HOME": "/tmp/home", **(env or {})}  # noqa: S108 - of the host alone


class Network:
    """Hosts on one switch.

    Args:
        seen: Folders that all hosts share with the machine, where they are below `/tmp`.
    """

    def __init__(self, seen: Sequence[Path] = ()) -> None:
        self._seen = _below_tmp(seen)
        self._hosts: list[Host] = []
        self._switch = Host("switch", "")
        self._on_switch("ip", "link", "add", "bridge", "type", "bridge")
        self._on_switch("ip", "link", "set", "bridge", "up")

    def host(self, name: str, also: Sequence[Path] = ()) -> Host:
        """A new host on the switch, which may share further folders with the machine."""
        host = Host(name, f"{NET}.{len(self._hosts) + 1}", [*self._seen, *_below_tmp(also)])
        self._hosts.append(host)
        pair = ["ip", "link", "add", host.card, "netns", str(self._switch.first), "type", "veth"]
        _do([*pair, "peer", "name", "eth0", "netns", str(host.first)])
        _do(host.command(["ip", "address", "add", f"{host.address}/24", "dev", "eth0"]))
        _do(host.command(["ip", "link", "set", "eth0", "up"]))
        self._on_switch("ip", "link", "set", host.card, "master", "bridge", "up")
        return host

    def cable(self, host: Host, plugged: bool) -> None:
        """Pull a host's cable, or plug it in again; it goes on working all the while."""
        self._on_switch("ip", "link", "set", host.card, "up" if plugged else "down")

    def off(self) -> None:
        """End all of it."""
        for host in [*self._hosts, self._switch]:
            host.off()

    def _on_switch(self, *words: str) -> None:
        _do(self._switch.command(words))


@contextlib.contextmanager
def network(seen: Sequence[Path] = ()) -> Iterator[Network]:
    """A network that ends with the block."""
    found = Network(seen)
    try:
        yield found
    finally:
        found.off()


def _do(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()}")


def _below_tmp(folders: Sequence[Path]) -> list[Path]:
    return [path.resolve() for path in folders if path.resolve().is_relative_to("/tmp")]  # noqa: S108
