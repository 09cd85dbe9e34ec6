"""Other tools' formats: writing narratives for them, and reading what people made of them there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from ressenti.schema import Narrative


class Writer(Protocol):
    """Where narratives go. Nothing is in its place before :meth:`keep`."""

    def write(self, narrative: Narrative) -> None:
        """Add a narrative."""

    def keep(self) -> None:
        """Put all of it in its place."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of another tool.

    Attributes:
        what: For whom, in one line.
        open: From where it goes to a `Writer`; None is standard output.
        folder: Whether it is a folder of files.
        loses: What it cannot hold, to be told; empty where it holds everything.
    """

    what: str
    open: Callable[[str | None], Writer]
    folder: bool = True
    loses: str = ""


def _brat(path: str | None) -> Writer:
    from ressenti.corpora.exchange.brat import BratFolder

    return BratFolder(path or "")


def _xmi(path: str | None) -> Writer:
    from ressenti.corpora.exchange.cas import CasFolder

    return CasFolder(path or "", "xmi")


def _cas_json(path: str | None) -> Writer:
    from ressenti.corpora.exchange.cas import CasFolder

    return CasFolder(path or "", "cas-json")


def _webanno(path: str | None) -> Writer:
    from ressenti.corpora.exchange.webanno import WebannoFolder

    return WebannoFolder(path or "")


def _csv(path: str | None) -> Writer:
    from ressenti.corpora.exchange.tables import TableFolder

    return TableFolder(path or "")


def _conllu(path: str | None) -> Writer:
    from ressenti.corpora.exchange.conllu import ConlluFile

    return ConlluFile(path)


def _spacy(path: str | None) -> Writer:
    from ressenti.corpora.exchange.docbin import DocBinFile

    return DocBinFile(path)


FORMATS: dict[str, Format] = {
    "brat": Format("brat: a text and a standoff file a narrative, and settings", _brat),
    "xmi": Format("UIMA CAS as XMI, for INCEpTION and UIMA", _xmi),
    "cas-json": Format("UIMA CAS as JSON, for INCEpTION and UIMA", _cas_json),
    "webanno": Format(
        "WebAnno TSV 3.3, for INCEpTION and WebAnno",
        _webanno,
        loses="ids, provenance, metadata, entities that no word names, and blanks at the edges of spans",
    ),
    "csv": Format("tables for spreadsheets", _csv, loses="words that nothing marks, line ends and the pieces of a cue"),
    "conllu": Format(
        "CoNLL-U, with the parser's tree",
        _conllu,
        folder=False,
        loses="offsets within tokens, entities without a role, metadata and provenance",
    ),
    "spacy": Format("spaCy DocBin", _spacy, folder=False),
}
"""The formats by name."""
