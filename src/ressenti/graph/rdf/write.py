"""RDF to text, a narrative at a time: Turtle, N-Quads, JSON-LD 1.1 and RDF/XML.

Nothing is kept in memory from one narrative to the next, so that it does not grow with the corpus; and no RDF library stands
between: making its terms costs several times what writing them does (docs/linked-data.md has the figures).
Sources: RDF 1.1 Turtle, N-Quads and RDF/XML Syntax (W3C 2014), JSON-LD 1.1 (W3C 2020).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ressenti.corpora.harmless import json_escaped
from ressenti.corpora.seen import Seen
from ressenti.errors import RessentiError
from ressenti.graph.rdf.names import BASE, PREFIXES, SHARED, Iris
from ressenti.graph.rdf.things import Literal, Term, Thing, things
from ressenti.schema import Narrative

_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[&<>"\r]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#xD;"}
ESCAPED = "nar:escaped"
"""Datatype of a string that XML cannot hold, written as JSON writes it, without the quotation marks."""
_SHARED = f" <{SHARED}> .\n"
_BARE = {"xsd:integer", "xsd:decimal", "xsd:boolean"}


class Writer:
    """One export: ``head``, then ``narrative`` for each, then ``foot``.

    Args:
        base: What the IRIs of the narratives begin with.
        words: Whether the narratives' words go out.

    Raises:
        RessentiError: The base cannot be used.
    """

    def __init__(self, base: str = BASE, words: bool = True) -> None:
        self.iris, self.words = Iris(base), words
        self._seen = Seen()

    def head(self) -> str:
        """What comes before the first narrative."""
        return ""

    def foot(self) -> str:
        """What comes after the last."""
        return ""

    def narrative(self, narrative: Narrative) -> str:
        """All of a narrative.

        Raises:
            RessentiError: Its id has been written already, or two of its mentions or entities share one: they would become one.
        """
        if narrative.id in self._seen:
            raise RessentiError(f"narrative {narrative.id!r}: an earlier one has the same id, and they would become one; give each its own")
        text = self._write(things(narrative, self.words), self.iris.narrative(narrative.id))
        self._seen.add(narrative.id)
        return text

    def _write(self, about: Iterable[Thing], narrative: str) -> str:
        raise NotImplementedError


class NQuads(Writer):
    """A line a statement, each narrative in a graph of its own, named by its IRI; what several may say alike in one for all."""

    def __init__(self, base: str = BASE, words: bool = True) -> None:
        super().__init__(base, words)
        self._iri = lru_cache(1 << 16)(lambda short: f"<{self.iris.full(short)}>")
        self._typed = lru_cache(1 << 16)(lambda value: f'"{escaped(value.value)}"^^{self._iri(value.datatype)}')

    def _write(self, about: Iterable[Thing], narrative: str) -> str:
        iri, typed = self._iri, self._typed
        start, end, own = f"<{narrative}", f"> <{narrative}> .\n", f" <{narrative}> .\n"
        lines: list[str] = []
        for subject, properties in about:
            head, graph = (f"{start}{subject}>", own) if not subject or subject[0] == "#" else (iri(subject), _SHARED)
            for name, value in properties:
                if type(value) is Literal:
                    written = typed(value) if value.datatype and value.datatype != "rdf:JSON" else self._long(value)
                    lines.append(f"{head} {iri(name)} {written}{graph}")
                elif not value or value[0] == "#":
                    lines.append(f"{head} {iri(name)} {start}{value}{end}")
                else:
                    lines.append(f"{head} {iri(name)} {iri(value)}{graph}")
        return "".join(lines)

    def _long(self, value: Literal) -> str:
        """A string or JSON, which may be long and comes but once: nothing to remember."""
        written = f'"{escaped(value.value)}"'
        return f"{written}^^{self._iri(value.datatype)}" if value.datatype else written


class Turtle(Writer):
    """A block a thing; the narrative is the base, so that its things have the names that docs/linked-data.md shows."""

    def head(self) -> str:
        prefixes = {"reviewer": self.iris.prefixes["reviewer"], **PREFIXES}
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))

    def _write(self, about: Iterable[Thing], narrative: str) -> str:
        parts = [f"\n@base <{narrative}> .\n"]
        for subject, properties in about:
            parts.append(f"\n{self._term(subject)}")
            last, between = "", " "
            for name, value in properties:
                parts.append(f" , {self._term(value)}" if name == last else f"{between}{self._name(name)} {self._term(value)}")
                last, between = name, " ;\n    "
            parts.append(" .\n")
        return "".join(parts)

    def _name(self, name: str) -> str:
        return "a" if name == "rdf:type" else name

    def _term(self, term: Term) -> str:
        if type(term) is Literal:
            if term.datatype in _BARE:
                return term.value
            written = f'"{escaped(term.value)}"'
            return f"{written}^^{term.datatype}" if term.datatype else written
        if not term or term[0] == "#":
            return f"<{term}>"
        return self._short(term)  # type: ignore[arg-type]

    def _short(self, short: str) -> str:
        return short if _plain(short) else f"<{self.iris.full(short)}>"


class JsonLd(Writer):
    """One object, ``@context`` first and then ``@graph``, a line a thing, in the profile of the W3C note Streaming JSON-LD (2020)."""

    def __init__(self, base: str = BASE, words: bool = True) -> None:
        super().__init__(base, words)
        self._first = True

    def head(self) -> str:
        context = {**PREFIXES, "reviewer": self.iris.prefixes["reviewer"], "n": self.iris.base}
        return f'{{"@context": {json.dumps(dict(sorted(context.items())))},\n"@graph": ['

    def foot(self) -> str:
        return "\n]}\n"

    def _write(self, about: Iterable[Thing], narrative: str) -> str:
        name = f"n:{narrative.removeprefix(self.iris.base)}"
        lines = [json.dumps(self._node(thing, name), ensure_ascii=False) for thing in about]
        start = "\n" if self._first else ",\n"
        self._first = False
        return start + json_escaped(",\n".join(lines))

    def _node(self, thing: Thing, narrative: str) -> dict[str, Any]:
        """A thing, its types first and its name next, as the streaming profile of JSON-LD wants it."""
        subject, properties = thing
        types = [value for name, value in properties if name == "rdf:type"]
        node: dict[str, Any] = {"@type": types if len(types) > 1 else types[0], "@id": _local(subject, narrative)}
        for name, value in properties:
            if name == "rdf:type":
                continue
            if type(value) is Literal:
                add: Any = {"@type": value.datatype, "@value": value.value} if value.datatype else value.value
            else:
                add = {"@id": _local(value, narrative)}  # type: ignore[arg-type]
            if name in node:
                node[name] = [*node[name], add] if isinstance(node[name], list) else [node[name], add]
            else:
                node[name] = add
        return node


def _local(short: str, narrative: str) -> str:
    return narrative + short if not short or short[0] == "#" else short


class RdfXml(Writer):
    """A description a thing."""

    def head(self) -> str:
        spaces = " ".join(f'xmlns:{prefix}="{iri}"' for prefix, iri in sorted(PREFIXES.items()))
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF {spaces}>\n'

    def foot(self) -> str:
        return "</rdf:RDF>\n"

    def _write(self, about: Iterable[Thing], narrative: str) -> str:
        lines: list[str] = []
        place = _markup(narrative)
        for subject, properties in about:
            lines.append(f'<rdf:Description rdf:about="{self._iri(subject, place)}">\n')
            for name, value in properties:
                if type(value) is not Literal:
                    lines.append(f'  <{name} rdf:resource="{self._iri(value, place)}"/>\n')  # type: ignore[arg-type]
                    continue
                text, datatype = value
                if _NOT_XML.search(text):
                    text, datatype = json.dumps(text)[1:-1], ESCAPED
                typed = f' rdf:datatype="{self.iris.full(datatype)}"' if datatype else ""
                lines.append(f"  <{name}{typed}>{_markup(text)}</{name}>\n")
            lines.append("</rdf:Description>\n")
        return "".join(lines)

    def _iri(self, short: str, narrative: str) -> str:
        return narrative + short if not short or short[0] == "#" else _markup(self.iris.full(short))


FORMATS: Mapping[str, type[Writer]] = {"ttl": Turtle, "nq": NQuads, "jsonld": JsonLd, "rdfxml": RdfXml}
"""Name of a format to its writer."""


def write(narratives: Iterable[Narrative], form: str, base: str = BASE, words: bool = True) -> Iterator[str]:
    """Narratives in a format, in pieces.

    Args:
        narratives: Any number; one at a time is held.
        form: A key of `FORMATS`.
        base: What the IRIs of the narratives begin with.
        words: Whether the narratives' words go out: text, quotations, labels of entities.

    Raises:
        RessentiError: The base cannot be used, or things that are two would become one.
    """
    writer = FORMATS[form](base, words)
    yield writer.head()
    for narrative in narratives:
        yield writer.narrative(narrative)
    yield writer.foot()


def escaped(text: str) -> str:
    """A string as it stands between quotation marks in Turtle and N-Quads, on one line."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _markup(text: str) -> str:
    return _MARKUP.sub(lambda found: _ENTITIES[found[0]], text) if _MARKUP.search(text) else text


@lru_cache(1 << 16)
def _plain(short: str) -> bool:
    """Whether a short name may stand in Turtle as it is; dots and percent signs have rules of their own there."""
    return bool(_LOCAL.fullmatch(short.partition(":")[2]))
