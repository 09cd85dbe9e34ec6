"""A Ray of our own on this machine, or a cluster that the user names: quiet, private, and in our words when it fails."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ressenti.errors import RessentiError
from ressenti.scale.ray.places import missing

_NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody is: Ray asks the network, whatever is switched off, in which cloud it is."""
LOCAL = ("", "local")
"""Addresses that mean: no cluster, this machine."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DATA_DISABLE_PROGRESS_BARS": "1", "RAY_DISABLE_IMPORT_WARNING": "1"}
_ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_worker_niceness": "0"}
"""Has Ray listen on loopback alone, on every system, where by default it opens ports to the network; and work as any other program,
where by default its workers wait for all others."""


def check_installed() -> None:
    """Refuse to begin without what the extra brings.

    Raises:
        RessentiError: It is not there.
    """
    for package in ("ray", "pyarrow", "fsspec"):
        if find_spec(package) is None:
            raise missing(package)


def check_address(address: str, allowed: bool) -> None:
    """Refuse a cluster that is not on this machine, unless the user allows it.

    Raises:
        RessentiError: It is on the network, and that is not allowed.
    """
    host = address.rpartition("://")[2].rpartition(":")[0] or address
    if address not in LOCAL and host not in _LOOPBACK and not allowed:
        raise RessentiError(f"the Ray cluster at {address} may be on the network; --allow-network lets accounts go there")


@contextlib.contextmanager
def session(address: str, jobs: int, allow_network: bool = False) -> Iterator[Any]:
    """Ray, started or connected to; what it writes goes to a private folder, not to the terminal, and is removed at the end.

    Args:
        address: Of a cluster, or one of :data:`LOCAL`.
        jobs: Processors that a Ray of our own has.
        allow_network: Whether anything may reach beyond this machine.

    Yields:
        The module.

    Raises:
        RessentiError: Ray is not installed, or the cluster cannot be reached.
    """
    os.environ.update(_QUIET)
    if address in LOCAL:
        if not allow_network:
            os.environ.update(
                {"http_proxy": _NOWHERE, "HTTP_PROXY": _NOWHERE, "no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"}
            )
        os.environ.update(_ALONE, RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    # Sockets lie in it, whose paths may not be long; Ray opens its own folder to everybody, so it is one in a private one
    private = Path(tempfile.mkdtemp(prefix="ressenti-", dir="/tmp" if sys.platform != "win32" else None))  # noqa: S108
    try:
        with _aside(private / "messages"):
            ray = _imported()
            try:
                yield _started(ray, address, jobs, private / "ray")
            finally:
                ray.shutdown()
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _imported() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise missing(error.name or "ray") from None
    return ray


def _started(ray: Any, address: str, jobs: int, folder: Path) -> Any:
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if address in LOCAL:
        options |= {"address": "local", "num_cpus": jobs, "include_dashboard": False, "_temp_dir": str(folder)}
    else:
        options |= {"address": address}
    try:
        ray.init(**options)
    except (ConnectionError, RuntimeError, ValueError, OSError, TimeoutError) as error:
        if address in LOCAL:
            raise RessentiError(f"Ray cannot be started ({type(error).__name__}); is there memory and room in /tmp?") from None
        raise RessentiError(f"the Ray cluster at {address} cannot be reached ({type(error).__name__}); is it up, with this Ray?") from None
    return ray


@contextlib.contextmanager
def _aside(place: Path) -> Iterator[None]:
    """Let what libraries write to standard error go to a file, and what Python writes still to the terminal."""
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _off_the_terminal(place)
    finally:
        logging.disable(logging.NOTSET)


def _off_the_terminal(place: Path) -> Iterator[None]:
    number = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as messages, contextlib.redirect_stdout(messages):
        try:
            kept = os.dup(2)
        except OSError:  # closed by who started us
            yield
            return
        before = sys.stderr
        try:
            os.dup2(number, 2)
            encoding = before.encoding if before is not None else "utf-8"
            with os.fdopen(os.dup(kept), "w", encoding=encoding, errors="backslashreplace", buffering=1) as sys.stderr:
                yield
        finally:
            sys.stderr = before
            os.dup2(kept, 2)
            os.close(kept)
