"""The application's server: on loopback alone, for one browser, without a log and without a file.

Who may ask: whoever brings the one-time token, which stands in the fragment of the address, so that no browser sends it or keeps it in its
history, gets a cookie for it; every other request needs that cookie, names this server as its Host, and comes from a page of this server
(Origin, Sec-Fetch-Site). Cookies are shared by all ports of a host, so that pages of another server of this machine could have them sent
along: it is those two headers that refuse them.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import threading
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from ressenti.corpora.writing import json_line
from ressenti.graph.labels import Language
from ressenti.review.app.desk import Desk, Full
from ressenti.review.app.pages import LARGEST_FILE, desk, gate, policy, reworded
from ressenti.review.page import build
from ressenti.review.summary import page as summary
from ressenti.schema import Narrative, storable
from ressenti.serving import Answerer, Listener, RequestError

HOST = "127.0.0.1"
LARGEST_TEXT = 2_000_000
"""Characters of an account that is pasted."""
_LARGEST_JSON = 6 * LARGEST_TEXT + 10_000
_LONGEST_NAME = 200
_JSON, _BYTES = "application/json", "application/octet-stream"
_SHARED = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class App(Listener):
    """The server; call ``run``.

    Args:
        work: What is open.
        port: 0 for any that is free.
        language: Of all pages.
        reviewer: Who reviews, where that is known.

    Raises:
        OSError: The port cannot be used.
    """

    def __init__(self, work: Desk, port: int = 0, language: Language = "fr", reviewer: str = "") -> None:
        super().__init__((HOST, port), Handler)
        self.work, self.language, self.reviewer = work, language, reviewer
        self.name = f"{HOST}:{self.server_port}"
        self._token, self._pass = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self._used = threading.Lock()
        self.ended = False

    @property
    def link(self) -> str:
        """The address that opens the application, once."""
        return f"http://{self.name}/#{self._token}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: another one for each port, so that two servers do not end each other's session."""
        return f"ressenti-{self.server_port}"

    def exchange(self, token: str) -> str | None:
        """The cookie's value for the token, once; None for another token and for a second time."""
        right = hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode())
        return self._pass if right and self._used.acquire(blocking=False) else None

    def admits(self, value: str) -> bool:
        """Whether this is the cookie's value."""
        return hmac.compare_digest(value.encode("utf-8", "replace"), self._pass.encode())

    def stop(self) -> None:
        """End ``run``, from a thread that answers; connections that browsers keep open are answered no more."""
        self.ended = True
        threading.Thread(target=self.shutdown, daemon=True).start()


class Handler(Answerer):
    """One connection."""

    server: App

    def respond(self) -> None:
        if self.server.ended:
            raise ConnectionResetError
        self.shared = dict(_SHARED)
        if self.host() != self.server.name:
            raise RequestError(HTTPStatus.MISDIRECTED_REQUEST, "this server does not go by that name")
        address = self.address()
        self._check_origin(address.path)
        if self.command not in ("GET", "HEAD", "POST"):
            raise RequestError(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and POST are answered", {"Allow": "GET, HEAD, POST"})
        try:
            self._route(address.path, address.query)
        except (RequestError, ConnectionError, TimeoutError):
            raise
        except Exception:  # noqa: BLE001 -- what it says could hold words of an account
            raise RequestError(HTTPStatus.INTERNAL_SERVER_ERROR, "an internal error, a fault of Ressenti") from None

    def _check_origin(self, path: str) -> None:
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        own = f"http://{self.server.name}"
        if (origin != own) if self.command == "POST" else (origin not in (None, own)):
            raise RequestError(HTTPStatus.FORBIDDEN, "pages of other sites may not ask this server")
        # The way in may be followed from anywhere: without the cookie nothing of anybody's is behind it, and no site can frame it.
        if site not in (None, "same-origin", "none") and path != "/":
            raise RequestError(HTTPStatus.FORBIDDEN, "pages of other sites may not ask this server")

    def _route(self, path: str, query: str) -> None:
        post = self.command == "POST"
        if path == "/session" and post:
            self._session()
            return
        if path == "/" and not post:
            name = "desk" if self._known() else "gate"
            page = (desk if name == "desk" else gate)(self.server.language)
            self._html(page, policy(name))
            return
        if not self._known():
            raise RequestError(HTTPStatus.FORBIDDEN, "open the address that Ressenti gave when it started")
        if post:
            self._post(path, query)
        elif path == "/state":
            self._json(self._state())
        else:
            self._document(path)

    def _known(self) -> bool:
        """Whether the cookie came along."""
        pairs = (part.strip().partition("=") for line in self.headers.get_all("Cookie", []) for part in line.split(";"))
        return any(name == self.server.cookie and self.server.admits(value) for name, _, value in pairs)

    def _session(self) -> None:
        token = self._posted().get("token")
        value = self.server.exchange(token) if isinstance(token, str) else None
        if value is None:
            raise RequestError(HTTPStatus.FORBIDDEN, "this address was used before, or is not whole")
        cookie = f"{self.server.cookie}={value}; Path=/; HttpOnly; SameSite=Strict"
        self.send(HTTPStatus.NO_CONTENT, None, b"", {"Set-Cookie": cookie})

    def _post(self, path: str, query: str) -> None:
        if path == "/accounts":
            given = self._posted()
            text = given.get("text")
            if not isinstance(text, str) or not text.strip():
                raise RequestError(HTTPStatus.BAD_REQUEST, "an account has a text")
            if len(text) > LARGEST_TEXT:
                raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"an account has at most {LARGEST_TEXT:,} characters")
            if not storable(text):
                raise RequestError(HTTPStatus.BAD_REQUEST, "the text has halves of characters")
            name = _name(given.get("name"))
            self._opened(lambda: self.server.work.paste(name, text))
        elif path == "/files":
            self._check_type(_BYTES)
            name = _name(parse_qs(query, max_num_fields=4).get("name", [""])[0])
            data = self.body(LARGEST_FILE, "a file")
            self._opened(lambda: self.server.work.open(name, data))
        elif path == "/close":
            number = self._posted().get("number")
            if not isinstance(number, int):
                raise RequestError(HTTPStatus.BAD_REQUEST, "say the number of a document")
            self.server.work.close(number)
            self._json({})
        elif path == "/decisions":
            given = self._posted()
            number = given.get("number")
            if not isinstance(number, int) or not self.server.work.decide(number, given.get("decisions")):
                raise RequestError(HTTPStatus.BAD_REQUEST, "say the number of a document, and decisions as the page saves them")
            self._json({})
        elif path == "/speaker":
            given = self._posted()
            number, speaker = given.get("number"), given.get("speaker")
            if not isinstance(number, int) or not isinstance(speaker, str):
                raise RequestError(HTTPStatus.BAD_REQUEST, "say the number of a document, and who speaks in it")
            self._opened(lambda: self.server.work.narrow(number, speaker))
        elif path == "/quit":
            self._posted()
            self.close_connection = True
            self._json({})
            self.server.stop()
        else:
            raise RequestError(HTTPStatus.NOT_FOUND, "nothing is here")

    def _opened(self, add: Callable[[], int | None]) -> None:
        try:
            number = add()
        except Full:
            raise RequestError(HTTPStatus.CONFLICT, "too many documents are open; close one") from None
        if number is None:
            raise RequestError(HTTPStatus.NOT_FOUND, "nothing is here")
        self._json({"number": number})

    def _state(self) -> dict[str, Any]:
        """What the page shows of what is open: what readers say of it in its words."""
        state, language = self.server.work.state(), self.server.language
        for item in state["documents"]:
            item["notices"] = [text for notice in item["notices"] if (text := reworded(notice, language))]
            item["said"] = reworded(item["detail"], language)
        return state

    def _document(self, path: str) -> None:
        """A page or a file of a document: ``/documents/3/page`` and so on."""
        parts = path.split("/")
        known = len(parts) == 4 and parts[1] == "documents" and re.fullmatch("[0-9]{1,9}", parts[2])
        number = int(parts[2]) if known else 0
        # Beneath the coach's own decisions, which the page takes back, stands what was found; a copy and the summary have them in.
        narratives = self.server.work.narratives(number, reviewed=not parts[-1].startswith("page"))
        if narratives is None:
            raise RequestError(HTTPStatus.NOT_FOUND, "nothing is here")
        language, reviewer = self.server.language, self.server.reviewer
        attached = {"Content-Disposition": "attachment"}
        decisions = self.server.work.decisions(number)
        if parts[3] == "page":
            page = "".join(build.page(narratives, language, reviewer=reviewer, extra={"app": True, "decisions": decisions}))
            self._html(page, f"{build.policy()}; frame-ancestors 'self'")
        elif parts[3] == "page.html":
            page = "".join(build.page(narratives, language, reviewer=reviewer, extra={"decisions": decisions}))
            self._html(page, build.policy(), attached)
        elif parts[3] == "narratives.jsonl":
            self.send(HTTPStatus.OK, "application/jsonl", _lines(narratives), attached)
        elif parts[3] == "summary":
            self._html("".join(summary.page(narratives, language)), f"{summary.policy()}; frame-ancestors 'none'")
        else:
            raise RequestError(HTTPStatus.NOT_FOUND, "nothing is here")

    def _posted(self) -> dict[str, Any]:
        """The object of a POST.

        Raises:
            RequestError: It is none, or too large.
        """
        self._check_type(_JSON)
        body = self.body(_LARGEST_JSON, "a request")
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise RequestError(HTTPStatus.BAD_REQUEST, "send an object in JSON")
        return found

    def _check_type(self, wanted: str) -> None:
        """Refuse types that a form of another site could send without being asked for leave."""
        if self.headers.get("Content-Type", "").partition(";")[0].strip().lower() != wanted:
            raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send it as {wanted}")

    def _json(self, value: Any) -> None:
        self.send(HTTPStatus.OK, _JSON, json.dumps(value).encode())

    def _html(self, page: str, rules: str, headers: dict[str, str] | None = None) -> None:
        self.send(HTTPStatus.OK, "text/html", page.encode(), {"Content-Security-Policy": rules, **(headers or {})})


def _lines(narratives: Sequence[Narrative]) -> bytes:
    return "".join(map(json_line, narratives)).encode()


def _name(given: object) -> str:
    """A name as it may be shown and written: on one line, and not too long.

    Raises:
        RequestError: It is no text.
    """
    if not isinstance(given, str) or not storable(given):
        raise RequestError(HTTPStatus.BAD_REQUEST, "a document has a name")
    line = "".join(sign if sign.isprintable() else " " for sign in given.replace("\\", "/").rpartition("/")[2])
    return line.strip()[-_LONGEST_NAME:] or "recit"
