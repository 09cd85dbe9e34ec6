"""The record of decisions: a table that only grows, so that an interrupted review loses nothing and nothing decided is asked again."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from ressenti.errors import DataError, OutputError
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.ontology.tables import read_table
from ressenti.ontology.vocabulary import POS, REGIONS, REGISTERS, load_constructions, parse_conditions
from ressenti.schema import INTENSITIES, MODES
from ressenti.vocab_builder.candidate import Key

SHIPPED = Path(__file__).parent.parent / "data" / "decisions_fr.tsv"
"""The record that ships with Ressenti: what was accepted into its vocabulary and what was refused."""
DECISIONS = ("correct", "broader", "narrower", "other", "not-emotional", "unsure")
"""``correct``: the place proposed. ``broader`` and ``narrower``: an emotion above or below it. ``other``: another emotion.
``not-emotional``: none, and the term is not proposed again. ``unsure``: left for somebody else."""
OPEN = "open"
"""What the record says where a decision was taken back and there was none before it: the term is as if nobody had decided."""
ACCEPTING = ("correct", "broader", "narrower", "other")
HOW = ("one", "sheet", "bulk")
"""How it was decided: one by one on the screen, in a spreadsheet, or in bulk above a threshold."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about one term; the columns of the record, in this order.

    Attributes:
        term: The candidate's.
        pos: Its part of speech.
        decision: One of `DECISIONS`, or `OPEN`.
        emotion: Key of the emotion decided on; empty for ``not-emotional`` and ``unsure``.
        construction: As in the vocabulary; empty where promotion should take the usual one.
        mode: Likewise.
        intensity: Likewise.
        register: Likewise.
        region: Likewise.
        condition: Likewise.
        proposed: Key that was proposed, empty where it was left open.
        similarity: The score that was shown (see `Proposal`), as text with three decimals, or empty.
        sources: Who proposed the term, joined by ``+``.
        reviewer: A name or a pseudonym.
        date: ISO 8601, to the second, with zone.
        how: One of `HOW`.
        note: The reviewer's reason, free text on one line.
    """

    term: str
    pos: str
    decision: str
    emotion: str = ""
    construction: str = ""
    mode: str = ""
    intensity: str = ""
    register: str = ""
    region: str = ""
    condition: str = ""
    proposed: str = ""
    similarity: str = ""
    sources: str = ""
    reviewer: str = ""
    date: str = ""
    how: str = "one"
    note: str = ""

    @property
    def key(self) -> Key:
        """The candidate's key."""
        return self.term, self.pos

    @property
    def verdict(self) -> str:
        """What two reviewers agree or differ on: the emotion, or why there is none."""
        return self.emotion or self.decision


COLUMNS = tuple(f.name for f in fields(Decision))


def check(decision: Decision, emotions: Emotions) -> None:
    """Check that a decision can be kept.

    Raises:
        ValueError: What is wrong, and what would be right.
    """
    if not decision.term or decision.term.startswith("#"):
        raise ValueError("the term is empty, or begins with # as a remark does")
    allowed: Mapping[str, Iterable[str]] = {
        "pos": POS, "decision": (*DECISIONS, OPEN), "construction": ("", *load_constructions()), "mode": ("", *MODES),
        "intensity": ("", *INTENSITIES), "register": ("", *REGISTERS), "region": REGIONS, "how": HOW,
    }  # fmt: skip
    for column, values in allowed.items():
        if (value := getattr(decision, column)) not in values:
            raise ValueError(f"unknown {column} {value!r}; write one of {', '.join(filter(None, values))}")
    if decision.construction and load_constructions()[decision.construction].pos != decision.pos != "PHRASE":
        fitting = ", ".join(c.key for c in load_constructions().values() if c.pos == decision.pos)
        raise ValueError(f"the construction {decision.construction!r} goes with no {decision.pos}; write one of {fitting}")
    if decision.decision in ACCEPTING and decision.emotion not in emotions:
        raise ValueError(f"unknown emotion {decision.emotion!r}; write a key of the ontology, such as fear")
    if decision.decision not in ACCEPTING and decision.emotion:
        raise ValueError(f"{decision.decision!r} goes with no emotion, but {decision.emotion!r} is named")
    parse_conditions(decision.condition)


def read_decisions(path: Path, emotions: Emotions | None = None) -> list[Decision]:
    """Read a record, oldest first; an absent file is an empty record.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    if not path.exists():
        return []
    emotions = load_emotions() if emotions is None else emotions
    found = []
    try:
        rows = [*read_table(path, ("term", "pos", "decision", "emotion", "reviewer", "date"))]
    except DataError as error:
        lines = path.read_bytes().splitlines(keepends=True) if error.line else []
        if lines and error.line == len(lines) and not lines[-1].endswith(b"\n"):  # the power went in the midst of it
            raise DataError(path, error.line, f"{error.reason}: it breaks off; take it away, and its term is asked again") from None
        raise
    for number, row in rows:
        decision = Decision(**{c: row[c] for c in COLUMNS if c in row})
        try:
            check(decision, emotions)
        except ValueError as error:
            raise DataError(path, number, str(error)) from None
        found.append(decision)
    return found


def append(path: Path, decisions: Iterable[Decision]) -> None:
    """Add decisions to a record, and see to it that they are on the disk before this returns.

    Raises:
        OutputError: The record cannot be written to.
        DataError: It lacks a column.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+", buffering=0) as stream:
            size = stream.seek(0, os.SEEK_END)
            start = "\t".join(COLUMNS) + "\n" if not size else "" if _ends_a_line(stream) else "\n"
            rest = memoryview((start + _lines(decisions, _columns(path, stream) if size else COLUMNS)).encode())
            try:
                while rest:
                    rest = rest[stream.write(rest) :]
                os.fsync(stream.fileno())
            except OSError:  # the disk is full: half a line would make the record unreadable
                with contextlib.suppress(OSError):
                    stream.truncate(size)
                raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None


def _lines(decisions: Iterable[Decision], columns: Sequence[str]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    for decision in decisions:
        writer.writerow([" ".join(str(getattr(decision, column, "")).split()) for column in columns])
    return written.getvalue()


def _columns(path: Path, stream: io.FileIO) -> list[str]:
    """The columns of a record that is there: by hand they may have been put in another order, or others added."""
    stream.seek(0)
    columns = stream.readline().decode("utf-8-sig", "replace").rstrip("\r\n").split("\t")
    if missing := [column for column in COLUMNS if column not in columns]:
        raise DataError(path, 1, f"lacks the column {missing[0]!r}; a record that is added to must name {', '.join(COLUMNS)}")
    return columns


def _ends_a_line(stream: io.FileIO) -> bool:
    """Whether a file that is not empty ends with a line feed; an editor may have left it out."""
    stream.seek(-1, os.SEEK_END)
    return stream.read(1) == b"\n"


def latest(decisions: Iterable[Decision]) -> dict[Key, Decision]:
    """The last decision on each term, whoever made it: a reviewer may change their mind, and a second one may overrule the first.

    What was taken back is not among them.
    """
    last = {decision.key: decision for decision in decisions}
    return {key: decision for key, decision in last.items() if decision.decision != OPEN}
