"""What the servers of Ressenti share, on Python's own ``http.server``: bounded connections, no log, no traceback, checked bodies."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, urlsplit

CONNECTIONS = 64
"""Open at the same time; further ones are closed."""


class RequestError(Exception):
    """A request that is not answered.

    Args:
        status: Of HTTP.
        reason: What is wrong and what would be right, for who asked.
        headers: To be sent besides.
    """

    def __init__(self, status: HTTPStatus, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, dict(headers or {})


class Listener(ThreadingHTTPServer):
    """A server with a thread a connection.

    Args:
        address: Host and port; port 0 takes a free one.
        answerer: What answers a connection.

    Raises:
        OSError: The address cannot be used.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = CONNECTIONS

    def __init__(self, address: tuple[str, int], answerer: type[Answerer]) -> None:
        self.active = 0
        self.changed = threading.Condition()
        self._room = threading.BoundedSemaphore(CONNECTIONS)
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, answerer)

    def run(self, grace: float = 10.0) -> None:
        """Serve until told to end, or until an exception comes, such as Ctrl-C; what is being answered then has so many seconds."""
        try:
            self.serve_forever(poll_interval=0.2)
        finally:
            self.server_close()
            with self.changed:
                self.changed.wait_for(lambda: not self.active, timeout=grace)

    def server_bind(self) -> None:
        """Bind without asking the network for the machine's name, as ``http.server`` does, which can take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

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

    def answered(self, client: str, method: str, status: int, seconds: float) -> None:
        """Called after each request, with the status sent, 0 where nothing was."""


class Answerer(BaseHTTPRequestHandler):
    """One connection; ``respond`` answers a request of it."""

    server: Listener
    protocol_version = "HTTP/1.1"
    timeout = 30
    """Seconds for which a connection may be silent, or slow to take what it is sent."""

    def respond(self) -> None:
        """Answer the request.

        Raises:
            RequestError: It is not answered; who asks is told why.
        """
        raise NotImplementedError

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
        """Nothing: what is logged is for `Listener.answered` to say."""

    def _handle(self) -> None:
        start = time.monotonic()
        with self.server.changed:
            self.server.active += 1
        self._status = 0
        self.shared: dict[str, str] = {}
        try:
            try:
                self.respond()
            except RequestError as error:
                self.close_connection = True  # the body, if any, has not been read
                self.send(error.status, "text/plain", f"{error.reason}\n".encode(), error.headers)
        except (ConnectionError, TimeoutError):  # who asks has left, or takes nothing any more
            self.close_connection = True
        finally:
            with self.server.changed:
                self.server.active -= 1
                self.server.changed.notify_all()
            self.server.answered(str(self.client_address[0]), self.command, self._status, time.monotonic() - start)

    def send(self, status: HTTPStatus, media: str | None, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send a whole answer.

        Args:
            status: Of HTTP.
            media: Its type, without a charset; None for none.
            data: Its body, in UTF-8 where it is text.
            headers: To be sent besides those in ``shared``.
        """
        length = {} if status == HTTPStatus.NO_CONTENT else {"Content-Length": str(len(data))}
        self.head(status, media, {**length, **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(data)

    def head(self, status: HTTPStatus, media: str | None, headers: Mapping[str, str]) -> None:
        """Send the head of an answer."""
        self._status = status.value
        self.send_response(status)
        if media is not None:
            textual = media.startswith("text/")
            self.send_header("Content-Type", f"{media}; charset=utf-8" if textual else media)
        for name, value in {
            **self.shared,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **headers,
        }.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def host(self) -> str | None:
        """The host that the request names; None where it need not name one.

        Raises:
            RequestError: It names none, or several.
        """
        hosts = self.headers.get_all("Host", [])
        if len(hosts) > 1 or (not hosts and self.request_version == "HTTP/1.1"):
            raise RequestError(HTTPStatus.BAD_REQUEST, "a request names its Host, once")
        return str(hosts[0]) if hosts else None

    def address(self) -> SplitResult:
        """What the request asks for, in its parts.

        Raises:
            RequestError: It is no address.
        """
        try:
            return urlsplit(self.path)
        except ValueError:
            raise RequestError(HTTPStatus.BAD_REQUEST, "what is asked for is no address") from None

    def body(self, largest: int, what: str) -> bytes:
        """The body of a POST.

        Args:
            largest: Bytes that it may have.
            what: What it is, for the message where it has more.

        Raises:
            RequestError: It says no length, or one that is too large.
            ConnectionResetError: It is shorter than it says.
        """
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            raise RequestError(HTTPStatus.LENGTH_REQUIRED, "send the length of the body, as Content-Length")
        if len(length) > 12 or int(length) > largest:
            raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{what} has at most {largest:,} bytes")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionResetError
        return body
