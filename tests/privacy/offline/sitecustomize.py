"""Every Python process that has this folder on its path reaches loopback alone; what it tried besides is written to ``OFFLINE_LOG``.

An audit hook sees what is done in C, too, and cannot be taken off again.
"""

import os
import sys

_LOOPBACK = ("127.", "::1", "localhost")


def _host(event: str, arguments: tuple) -> object:
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        return address[0] if isinstance(address, tuple) else None  # what is no pair is a socket of this machine's file system
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        host = arguments[0]
        return host[0] if isinstance(host, tuple) else host
    return None


def _watch(event: str, arguments: tuple) -> None:
    if not event.startswith("socket."):
        return
    host = _host(event, arguments)
    if isinstance(host, bytes):
        host = host.decode()
    if host and not str(host).startswith(_LOOPBACK):
        with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib would be imported in every process
            log.write(f"{event} {host} by {' '.join(sys.argv)[:200]}\n")
        raise PermissionError(f"the network is not for tests: {event} {host}")


if os.environ.get("OFFLINE_LOG"):
    sys.addaudithook(_watch)
