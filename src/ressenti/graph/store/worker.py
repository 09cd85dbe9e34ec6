"""A process that holds a store open and answers one query after the other; whoever started it may kill it at any moment.

    python -m ressenti.graph.store.worker FOLDER BYTES

Messages are a letter, the length of what follows in four bytes, and that many bytes. ``Q``, a query as JSON, comes in; there go out ``R``
once, when the store is open, then for each query ``D``, pieces of the answer, and ``E``, its end, or ``X``, as JSON, why there is none.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import signal
import struct
import sys
import threading
from pathlib import Path
from typing import IO, Any

HEAD = struct.Struct(">cI")


def send(stream: IO[bytes], kind: bytes, data: bytes = b"") -> None:
    """Write a message."""
    stream.write(HEAD.pack(kind, len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Read a message.

    Raises:
        EOFError: The other end is gone.
    """
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    kind, length = HEAD.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return kind, data


def main() -> None:
    """Answer until standard input is closed, that is, until whoever started the process is gone; amid a query, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal goes to all; the server says when it is over
    _bound(int(sys.argv[2]))
    from ressenti.errors import RessentiError
    from ressenti.graph.store.place import opened

    out = sys.stdout.buffer
    try:
        with opened(Path(sys.argv[1])) as data:
            send(out, b"R")
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())  # who asks is told of what goes wrong
            asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
            threading.Thread(target=_listen, args=(asked,), daemon=True).start()
            with contextlib.suppress(BrokenPipeError):
                while True:
                    _answer(json.loads(asked.get()), data, out)
            os._exit(0)  # Python cannot end the thread that listens
    except RessentiError as error:
        send(out, b"X", json.dumps({"reason": str(error)}).encode())


def _listen(asked: queue.SimpleQueue[bytes]) -> None:
    """Take queries in, in a thread of its own, for it is to notice the end while a query is at work."""
    with contextlib.suppress(EOFError):
        while True:
            asked.put(receive(sys.stdin.buffer)[1])
    os._exit(0)


def _answer(asked: dict[str, Any], data: Any, out: IO[bytes]) -> None:
    from ressenti.errors import RessentiError
    from ressenti.ontology.sparql.ask import Query, answer
    from ressenti.ontology.sparql.errors import QueryError
    from ressenti.ontology.sparql.run import Limit

    data.graphs = asked["graphs"]
    try:
        answer(Query(asked["query"]), data, asked["format"], lambda text: send(out, b"D", text.encode()), Limit(0))
    except QueryError as error:
        # Who asks from afar has no options of a command line
        said = re.sub(r"; give --[^\n]*", "", str(error))
        send(out, b"X", json.dumps({"reason": f"{said}\n{error.excerpt}".rstrip()}).encode())
    except MemoryError:
        os._exit(1)  # the next one would find as little room here
    except (RessentiError, ValueError) as error:  # the latter for a graph's IRI that is none
        send(out, b"X", json.dumps({"reason": str(error) or type(error).__name__}).encode())
    else:
        send(out, b"E")


def _bound(size: int) -> None:
    """Let the process take no more memory than so many bytes, where the system can; beyond, it ends.

    Where the machine has no memory left before, the process is the first to go, not the server.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    if not size:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
