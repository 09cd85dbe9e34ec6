"""A SPARQL 1.1 endpoint over HTTP, read-only, for the machine itself unless told otherwise.

On Python's own ``http.server``: what is needed beyond it (limits, checks, streaming) no small framework has either, and answers come from
processes of their own, so that its threads do nothing but pass bytes on.
"""

from __future__ import annotations

import ipaddress
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from ressenti.graph.store.description import description, page
from ressenti.graph.store.pool import Pool, Refused, Stopped
from ressenti.graph.store.protocol import TYPES, Asked, RequestError, asked, check_form, negotiated
from ressenti.ontology.sparql.ask import Query

ENDPOINT = "/sparql"
LARGEST = 4 << 20
"""Bytes of a request's body."""
CONNECTIONS = 64
"""Open at the same time; further ones are closed."""
_HELD = 1 << 16
_ALLOWED = "GET, HEAD, POST, OPTIONS"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask.

    Attributes:
        names: Host names, beside the address itself, under which the server is asked. Another name in a request means that a page of the
            web has its own name lead here (DNS rebinding), and is refused.
        origins: Origins of web pages that may read answers (CORS); ``*`` for all.
    """

    names: Collection[str] = ()
    origins: Collection[str] = field(default=())


class Server(ThreadingHTTPServer):
    """The server; call ``run``.

    Args:
        address: Host and port; port 0 takes a free one.
        pool: What answers.
        access: Who may ask.
        log: Called with a line a request, without the query; None for no log.

    Raises:
        OSError: The address cannot be used.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = CONNECTIONS

    def __init__(self, address: tuple[str, int], pool: Pool, access: Access, log: Callable[[str], object] | None = None) -> None:
        self.pool, self.access, self.log = pool, access, log
        self.active = 0
        self.changed = threading.Condition()
        self._room = threading.BoundedSemaphore(CONNECTIONS)
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, Handler)

    def run(self, grace: float = 10.0) -> None:
        """Serve until an exception comes, such as Ctrl-C; then let what is being answered come to an end, for so many seconds."""
        try:
            self.serve_forever(poll_interval=0.2)
        finally:
            try:
                self.server_close()
                with self.changed:
                    self.changed.wait_for(lambda: not self.active, timeout=grace)
            finally:
                self.pool.close()

    def server_bind(self) -> None:
        """Bind without asking the network for the machine's name, as ``http.server`` does, which can take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    @property
    def address(self) -> str:
        """Where it is asked, as a URL."""
        host = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{host}:{self.server_port}{ENDPOINT}"

    def knows(self, host: str, reached: str) -> bool:
        """Whether a request names us as its host.

        Args:
            host: The header, maybe with a port.
            reached: The address of ours at which the request came in.
        """
        name = urlsplit(f"//{host}").hostname or ""
        return name in {*_LOOPBACK, reached, self.server_name.lower(), *(each.lower() for each in self.access.names)}

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """No traceback: who asks has left, or what went wrong has been told; it could hold words of a narrative."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30
    """Seconds for which a connection may be silent, or slow to take what it is sent."""

    def do_GET(self) -> None:
        self._handle()

    def do_HEAD(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_OPTIONS(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def do_PATCH(self) -> None:
        self._handle()

    def do_DELETE(self) -> None:
        self._handle()

    def version_string(self) -> str:
        """No version: who asks has no use for it, and who looks for holes has."""
        return "Ressenti"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what is logged is a line a request, by `_handle`."""

    def _handle(self) -> None:
        start = time.monotonic()
        with self.server.changed:
            self.server.active += 1
        self._status = 0
        self._shared: dict[str, str] = {}
        try:
            try:
                self._respond()
            except RequestError as error:
                self.close_connection = True  # the body, if any, has not been read
                self._send(error.status, "text/plain", f"{error.reason}\n".encode(), error.headers)
        except (ConnectionError, TimeoutError):  # who asks has left, or takes nothing any more
            self.close_connection = True
        finally:
            with self.server.changed:
                self.server.active -= 1
                self.server.changed.notify_all()
            if self.server.log is not None:
                milliseconds = (time.monotonic() - start) * 1000
                self.server.log(f"{self.client_address[0]} {self.command} {self._status or 'cut off'} {milliseconds:.0f} ms")

    def _respond(self) -> None:
        self._check_host()
        origin = self._check_origin()
        if self.command not in ("GET", "HEAD", "POST", "OPTIONS"):
            raise RequestError(HTTPStatus.METHOD_NOT_ALLOWED, "this endpoint is read-only: GET and POST ask it", {"Allow": _ALLOWED})
        self._shared = {"Access-Control-Allow-Origin": origin, "Vary": "Accept, Origin"} if origin else {"Vary": "Accept"}
        address = urlsplit(self.path)
        if self.command == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": _ALLOWED, "Access-Control-Allow-Headers": "Accept, Content-Type"} if origin else {}
            self._send(HTTPStatus.NO_CONTENT, None, b"", {"Allow": _ALLOWED, **allowed})
            return
        if address.path == "/" and self.command != "POST":
            self._send(HTTPStatus.OK, "text/plain", page(self._endpoint()).encode())
            return
        if address.path != ENDPOINT:
            raise RequestError(HTTPStatus.NOT_FOUND, f"nothing is here; the endpoint is {ENDPOINT}")
        body = self._body() if self.command == "POST" else b""
        found = asked(self.command, address.query, self.headers.get("Content-Type", ""), body)
        if found is None:
            form = negotiated(self.headers.get("Accept"), "CONSTRUCT")
            self._send(HTTPStatus.OK, TYPES[form], description(self._endpoint(), form))
        else:
            self._answer(found)

    def _answer(self, found: Asked) -> None:
        query = Query(found.text)
        check_form(query)
        form = negotiated(self._accept(), query.form)
        with closing(self.server.pool.ask(found.text, form, found.graphs)) as pieces:
            held, whole = self._first(pieces)
            if whole:
                self._send(HTTPStatus.OK, TYPES[form], held)
                return
            # Larger: its end is not waited for. From here on, what goes wrong can only be told by cutting off.
            try:
                self._stream(TYPES[form], held, pieces)
            except (Refused, Stopped):
                self._status, self.close_connection = 0, True

    def _first(self, pieces: Iterator[bytes]) -> tuple[bytes, bool]:
        """The beginning of the answer, and whether it is all of it.

        Raises:
            RequestError: There is none.
        """
        held = bytearray()
        try:
            for piece in pieces:
                held += piece
                if len(held) > _HELD:
                    return bytes(held), False
        except Refused as error:
            raise RequestError(HTTPStatus.BAD_REQUEST, str(error)) from None
        except Stopped as error:
            raise RequestError(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from None
        return bytes(held), True

    def _stream(self, media: str, held: bytes, pieces: Iterator[bytes]) -> None:
        chunked = self.request_version != "HTTP/1.0"
        self._head(HTTPStatus.OK, media, {"Transfer-Encoding": "chunked"} if chunked else {"Connection": "close"})
        if self.command == "HEAD":
            return
        self._chunk(held, chunked)
        for piece in pieces:
            self._chunk(piece, chunked)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _chunk(self, data: bytes, chunked: bool) -> None:
        if data:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)

    def _send(self, status: HTTPStatus, media: str | None, data: bytes, headers: dict[str, str] | None = None) -> None:
        length = {} if status == HTTPStatus.NO_CONTENT else {"Content-Length": str(len(data))}
        self._head(status, media, {**length, **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, media: str | None, headers: dict[str, str]) -> None:
        self._status = status.value
        self.send_response(status)
        if media is not None:
            textual = media.startswith("text/")
            self.send_header("Content-Type", f"{media}; charset=utf-8" if textual else media)
        for name, value in {
            **self._shared,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **headers,
        }.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _check_host(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) > 1 or (not hosts and self.request_version == "HTTP/1.1"):
            raise RequestError(HTTPStatus.BAD_REQUEST, "a request names its Host, once")
        if hosts and not self.server.knows(hosts[0], self.connection.getsockname()[0]):
            raise RequestError(HTTPStatus.MISDIRECTED_REQUEST, "this server does not go by that name; start it with --name if it is to")

    def _check_origin(self) -> str:
        """The origin that may read the answer; empty where no page of another site asks.

        Raises:
            RequestError: One asks that may not.
        """
        origin, origins = self.headers.get("Origin"), self.server.access.origins
        if origin is None or origin == f"http://{self.headers.get('Host')}":
            return ""
        if "*" in origins:
            return "*"
        if origin in origins:
            return origin
        raise RequestError(HTTPStatus.FORBIDDEN, "pages of other sites may not ask this server; start it with --cors if they are to")

    def _accept(self) -> str | None:
        found = self.headers.get_all("Accept")
        return None if found is None else ",".join(found)

    def _endpoint(self) -> str:
        return f"http://{self.headers.get('Host') or urlsplit(self.server.address).netloc}{ENDPOINT}"

    def _body(self) -> bytes:
        """The body of a POST.

        Raises:
            RequestError: It says no length, or one that is too large, or is shorter.
        """
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise RequestError(HTTPStatus.LENGTH_REQUIRED, "send the length of the body, as Content-Length")
        if len(length) > 12 or int(length) > LARGEST:
            raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a query has at most {LARGEST:,} bytes")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionResetError
        return body
