"""A SPARQL 1.1 endpoint over HTTP, read-only, for the machine itself unless told otherwise.

Answers come from processes of their own, so that the threads of the server do nothing but pass bytes on.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from ressenti.graph.store.description import description, page
from ressenti.graph.store.pool import Pool, Refused, Stopped
from ressenti.graph.store.protocol import TYPES, Asked, asked, check_form, negotiated
from ressenti.ontology.sparql.ask import Query
from ressenti.serving import Answerer, Listener, RequestError

ENDPOINT = "/sparql"
LARGEST = 4 << 20
"""Bytes of a request's body."""
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


class Server(Listener):
    """The server; call ``run``.

    Args:
        address: Host and port; port 0 takes a free one.
        pool: What answers.
        access: Who may ask.
        log: Called with a line a request, without the query; None for no log.

    Raises:
        OSError: The address cannot be used.
    """

    def __init__(self, address: tuple[str, int], pool: Pool, access: Access, log: Callable[[str], object] | None = None) -> None:
        self.pool, self.access, self.log = pool, access, log
        super().__init__(address, Handler)

    def run(self, grace: float = 10.0) -> None:
        """Serve until an exception comes, such as Ctrl-C; then let what is being answered come to an end, for so many seconds."""
        try:
            super().run(grace)
        finally:
            self.pool.close()

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
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in {*_LOOPBACK, reached, self.server_name.lower(), *(each.lower() for each in self.access.names)}

    def answered(self, client: str, method: str, status: int, seconds: float) -> None:
        if self.log is not None:
            self.log(f"{client} {method} {status or 'cut off'} {seconds * 1000:.0f} ms")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Handler(Answerer):
    """One connection."""

    server: Server

    def respond(self) -> None:
        self._check_host()
        origin = self._check_origin()
        if self.command not in ("GET", "HEAD", "POST", "OPTIONS"):
            raise RequestError(HTTPStatus.METHOD_NOT_ALLOWED, "this endpoint is read-only: GET and POST ask it", {"Allow": _ALLOWED})
        self.shared = {"Access-Control-Allow-Origin": origin, "Vary": "Accept, Origin"} if origin else {"Vary": "Accept"}
        address = self.address()
        if self.command == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": _ALLOWED, "Access-Control-Allow-Headers": "Accept, Content-Type"} if origin else {}
            self.send(HTTPStatus.NO_CONTENT, None, b"", {"Allow": _ALLOWED, **allowed})
            return
        if address.path == "/" and self.command != "POST":
            self.send(HTTPStatus.OK, "text/plain", page(self._endpoint()).encode())
            return
        if address.path != ENDPOINT:
            raise RequestError(HTTPStatus.NOT_FOUND, f"nothing is here; the endpoint is {ENDPOINT}")
        body = self.body(LARGEST, "a query") if self.command == "POST" else b""
        found = asked(self.command, address.query, self.headers.get("Content-Type", ""), body)
        if found is None:
            form = negotiated(self.headers.get("Accept"), "CONSTRUCT")
            self.send(HTTPStatus.OK, TYPES[form], description(self._endpoint(), form))
        else:
            self._answer(found)

    def _answer(self, found: Asked) -> None:
        query = Query(found.text)
        check_form(query)
        form = negotiated(self._accept(), query.form)
        with closing(self.server.pool.ask(found.text, form, found.graphs, found.seconds)) as pieces:
            held, whole = self._first(pieces)
            if whole:
                self.send(HTTPStatus.OK, TYPES[form], held)
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
        self.head(HTTPStatus.OK, media, {"Transfer-Encoding": "chunked"} if chunked else {"Connection": "close"})
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

    def _check_host(self) -> None:
        host = self.host()
        if host is not None and not self.server.knows(host, self.connection.getsockname()[0]):
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
