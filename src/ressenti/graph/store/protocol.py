"""The SPARQL 1.1 Protocol, without the network: what a request asks, and in which format it is to be answered.

Source: SPARQL 1.1 Protocol (W3C 2013), section 2.1; media types as its section 2.1.6 and the recommendations of the formats name them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs

from ressenti.ontology.sparql.ask import Query
from ressenti.ontology.sparql.guard import changing
from ressenti.ontology.sparql.results import SUITED
from ressenti.serving import RequestError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MEDIA: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
"""Media types that are answered in, the default one of each kind of answer first, to the names of formats."""
_ALSO = {"application/json": ("json", "jsonld"), "application/xml": ("xml", "rdfxml"), "text/xml": ("xml", "rdfxml"), "text/plain": ("nt",)}
TYPES = {name: media for media, name in MEDIA.items()}
_PARAMETERS = ("query", "default-graph-uri", "named-graph-uri", "timeout")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came.

    Attributes:
        text: SPARQL.
        default: IRIs of the graphs that are asked as one.
        named: IRIs of the graphs that can be named.
        seconds: What it may take at most, 0 where the request does not say; no part of the protocol, but some servers know it.
    """

    text: str
    default: Sequence[str] = ()
    named: Sequence[str] = ()
    seconds: float = 0.0

    @property
    def graphs(self) -> tuple[Sequence[str], Sequence[str]] | None:
        """Both, or None where the request names no graph."""
        return (self.default, self.named) if self.default or self.named else None


def asked(method: str, query_string: str, media: str = "", body: bytes = b"") -> Asked | None:
    """What a request asks; None where a GET asks nothing, which is for the description of the service.

    Args:
        method: GET, HEAD or POST.
        query_string: What follows the ? of the address.
        media: ``Content-Type`` of a POST.
        body: Of a POST.

    Raises:
        RequestError: It is no query, or more than one, or is to change data.
    """
    pairs = _pairs(query_string)
    if method != "POST":
        if not query_string:
            return None
        return _one(pairs)
    kind, _, parameters = media.partition(";")
    kind = kind.strip().lower()
    if "charset=" in parameters.lower() and "utf-8" not in parameters.lower():
        raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send the query in UTF-8")
    if kind == UPDATE:
        raise _read_only()
    text = _text(body)
    if kind == FORM:
        # The protocol has the parameters in the body; some clients put the graphs into the address
        own = _pairs(text)
        return _one({name: pairs.get(name, []) + own.get(name, []) for name in (*pairs, *own)})
    if kind == QUERY:
        if "query" in pairs:
            raise RequestError(HTTPStatus.BAD_REQUEST, "two queries, in the address and in the body; send one")
        return _one({**pairs, "query": [text]})
    raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send a query as {FORM} or {QUERY}", {"Accept-Post": f"{FORM}, {QUERY}"})


def check_form(query: Query) -> None:
    """Refuse what changes data.

    Raises:
        RequestError: It does.
    """
    if changing(query.text):
        raise _read_only()


def negotiated(accept: str | None, form: str | None) -> str:
    """The format of the answer.

    Args:
        accept: The header, None where there is none.
        form: SELECT, ASK, CONSTRUCT, DESCRIBE, or None for a query that is going to be refused.

    Raises:
        RequestError: Who asks takes none of the formats that suit the query.
    """
    suited = [name for name in TYPES if name in SUITED.get(form or "SELECT", ())]
    if accept is None or not accept.strip():
        return suited[0]
    best, best_rank = None, 0.0
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    for name in suited:
        rank = _rank(name, ranges)
        if rank > best_rank:
            best, best_rank = name, rank
    if best is None:
        known = ", ".join(TYPES[name] for name in suited)
        raise RequestError(HTTPStatus.NOT_ACCEPTABLE, f"this query is answered as {known}; Accept one of them")
    return best


def _rank(name: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality that who asks gives to a format: that of the most special range in which it falls."""
    found: dict[int, float] = {}
    for media, quality in ranges:
        if media == TYPES[name]:
            special = 3
        elif name in _ALSO.get(media, ()):
            special = 2
        elif media == TYPES[name].partition("/")[0] + "/*":
            special = 1
        elif media == "*/*":
            special = 0
        else:
            continue
        found[special] = max(quality, found.get(special, 0.0))
    return found[max(found)] if found else 0.0


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (item.strip().lower() for item in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media, min(1.0, max(0.0, float(value)))
            except ValueError:
                return media, 0.0
    return media, 1.0


def _one(pairs: Mapping[str, Sequence[str]]) -> Asked:
    if "update" in pairs or "using-graph-uri" in pairs or "using-named-graph-uri" in pairs:
        raise _read_only()
    queries = pairs.get("query", [])
    if len(queries) != 1:
        reason = "no query; send one, as query=…" if not queries else "more than one query; send one"
        raise RequestError(HTTPStatus.BAD_REQUEST, reason)
    seconds = min(map(_seconds, pairs.get("timeout", ())), default=0.0)
    return Asked(queries[0], tuple(pairs.get("default-graph-uri", ())), tuple(pairs.get("named-graph-uri", ())), seconds)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not (0 < seconds < math.inf):
        raise RequestError(HTTPStatus.BAD_REQUEST, "timeout is a number of seconds greater than 0")
    return seconds


def _pairs(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        raise _not_text() from None
    except ValueError:
        raise RequestError(HTTPStatus.BAD_REQUEST, f"too many parameters; known are {', '.join(_PARAMETERS)}") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _not_text() from None


def _not_text() -> RequestError:
    return RequestError(HTTPStatus.BAD_REQUEST, "the query is not UTF-8")


def _read_only() -> RequestError:
    return RequestError(HTTPStatus.FORBIDDEN, "this endpoint is read-only: it takes no updates")
