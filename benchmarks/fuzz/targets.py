"""What is fuzzed: each reader as a function of bytes, and what must hold of whatever it gives."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from ressenti.corpora.account import Account
from ressenti.corpora.annotated import read_annotations
from ressenti.corpora.exchange.assemble import assemble
from ressenti.corpora.exchange.brat_read import read_brat
from ressenti.corpora.exchange.cas_read import read_cas
from ressenti.corpora.exchange.webanno_read import read_webanno
from ressenti.corpora.reading import FORMATS, read
from ressenti.errors import InputError, RessentiError
from ressenti.fallback.model.file import load
from ressenti.graph.rdf.read import read as read_rdf
from ressenti.review.decisions.read import read as read_decisions
from ressenti.schema import Narrative

PAIR = b"\x1e"
"""Where a file that stands beside another one begins."""
PACKED = {"docx": "word/document.xml", "odt": "content.xml", "model": "model.json"}
"""Formats that are archives, and the part that is put into a sound archive where the bytes are no archive themselves."""

Target = Callable[[bytes, Path], bool]
"""Reads bytes, with a folder of its own at hand; says whether anything sound came of them."""


def accounts(format_: str) -> Target:
    """A reader of accounts."""

    def run(data: bytes, _: Path) -> bool:
        found = False
        for item in read(["-"], stdin=io.BytesIO(data), stdin_format=format_):
            if isinstance(item, Account):
                _sound(item)
                found = True
        return found

    return run


def _sound(account: Account) -> None:
    """What every later step relies on."""
    size = len(account.text)
    account.text.encode()
    account.id.encode()
    json.dumps([dict(account.extra), dict(account.marks)], allow_nan=False).encode()
    assert "\0" not in account.text, "a NUL in the text"
    spans = [span for _, *span in account.components] + [span for *span, _ in account.paragraphs or ()]
    assert all(0 <= start <= end <= size for start, end in spans), "a span beyond the text"


def packed(format_: str, sound: bytes) -> Target:
    """A reader of archives: bytes that are none take the place of the main part of a sound one."""

    def whole(data: bytes) -> bytes:
        if data.startswith(b"PK"):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(sound)) as archive, zipfile.ZipFile(out, "w") as made:
            for name in archive.namelist():
                made.writestr(name, data if name == PACKED[format_] else archive.read(name))
        return out.getvalue()

    if format_ == "model":
        return lambda data, folder: _model(whole(data), folder)
    return lambda data, folder: accounts(format_)(whole(data), folder)


def _model(data: bytes, folder: Path) -> bool:
    load(_put(folder / "a.zip", data))
    return True


def annotated(data: bytes, folder: Path) -> bool:
    """Narratives with marks."""
    found = [item for item in read_annotations([str(_put(folder / "a.jsonl", data))]) if isinstance(item, Narrative)]
    for narrative in found:
        _marked(narrative)
    return bool(found)


def _marked(narrative: Narrative) -> None:
    size = len(narrative.text)
    narrative.to_json().encode()
    spans = [*(piece for m in narrative.mentions for piece in m.cue), *(r.span for r in narrative.roles)]
    spans += [*(c.span for c in narrative.components), *(span for e in narrative.entities for span in e.mentions)]
    assert all(0 <= start <= end <= size for start, end in spans), "a span beyond the text"


def brat(data: bytes, folder: Path) -> bool:
    """A text and a standoff file."""
    words, _, marks = data.partition(PAIR)
    _put(folder / "a.txt", words)
    return _exchange(read_brat, _put(folder / "a.ann", marks), "brat")


def webanno(data: bytes, folder: Path) -> bool:
    """WebAnno TSV."""
    return _exchange(read_webanno, _put(folder / "a.tsv", data), "webanno")


def xmi(data: bytes, folder: Path) -> bool:
    """A CAS as XMI, and its type system where one comes after it."""
    content, _, types = data.partition(PAIR)
    beside = folder / "TypeSystem.xml"
    beside.unlink(missing_ok=True)
    if types:
        _put(beside, types)
    return _exchange(read_cas, _put(folder / "a.xmi", content), "cas")


def cas_json(data: bytes, folder: Path) -> bool:
    """A CAS as JSON."""
    return _exchange(read_cas, _put(folder / "a.json", data), "cas")


def _exchange(reader: Callable[[Path, str], tuple[object, list[InputError]]], path: Path, reviewer: str) -> bool:
    marked, _ = reader(path, "a")
    narrative, _ = assemble(marked, reviewer)
    if isinstance(narrative, Narrative):
        _marked(narrative)
    return isinstance(narrative, Narrative)


def decisions(data: bytes, folder: Path) -> bool:
    """A file of decisions."""
    return bool(read_decisions(_put(folder / "a.json", data)))


def rdf(form: str) -> Target:
    """A narrative in RDF."""

    def run(data: bytes, folder: Path) -> bool:
        found = [narrative.to_json().encode() for narrative in read_rdf(_put(folder / f"a.{form}", data), form)]
        return bool(found)

    return run


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def targets(sound: Mapping[str, bytes]) -> dict[str, Target]:
    """Each target by name.

    Args:
        sound: A sound file of each format in ``PACKED``.
    """
    found = {name: packed(name, sound[name]) if name in PACKED else accounts(name) for name in FORMATS if name != "md"}
    found |= {"annotated": annotated, "brat": brat, "webanno": webanno, "xmi": xmi, "cas-json": cas_json, "decisions": decisions}
    return found | {"ttl": rdf("ttl"), "jsonld": rdf("jsonld"), "model": packed("model", sound["model"])}


ALLOWED = (RessentiError,)
"""What a reader may raise: an error made for people."""
