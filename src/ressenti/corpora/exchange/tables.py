"""CSV for spreadsheets: a folder of tables, whose rows hang together by the narrative's id and the mention's number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ressenti.corpora.exchange.marks import OPTIONAL
from ressenti.corpora.exchange.places import Folder, Placed
from ressenti.corpora.harmless import cell
from ressenti.corpora.writing import cue
from ressenti.schema import VERSIONS, Narrative

TABLES = {
    "mentions": ("narrative", "mention", "start", "end", "cue", "emotion", "secondary", "primary", "mode", "status", "intensity",
                 *OPTIONAL, "ambivalent_with", "confidence", "source"),
    "roles": ("narrative", "mention", "emotion", "role", "start", "end", "words", "entity", "entity_label", "confidence", "source"),
    "entities": ("narrative", "entity", "label", "start", "end", "words"),
    "components": ("narrative", "component", "start", "end", "words", "source"),
}  # fmt: skip
"""The columns of each table; ``narratives`` has those of :data:`_OF_NARRATIVE` and one for each further field of the input."""
_OF_NARRATIVE = ("narrative", "characters", "mentions", *(f"version_{name}" for name in VERSIONS))


class TableFolder(Placed[Folder]):
    """A folder of CSV files in UTF-8, with the byte order mark by which spreadsheets know it. No cell is taken for a formula.

    Args:
        path: The folder to make.

    Raises:
        OutputError: It cannot be made, or holds something.
    """

    def __init__(self, path: str) -> None:
        super().__init__(Folder(path))
        self._narratives: list[tuple[Sequence[object], Mapping[str, Any]]] = []
        for name, columns in TABLES.items():
            self._place.append(f"{name}.csv", b"\xef\xbb\xbf" + _lines([columns]))

    def write(self, narrative: Narrative) -> None:
        """Add a narrative's rows."""
        rows = {"mentions": _mentions, "roles": _roles, "entities": _entities, "components": _components}
        for name, made in rows.items():
            self._place.append(f"{name}.csv", _lines(made(narrative)))
        versions = (narrative.provenance.get(name) for name in VERSIONS)
        self._narratives.append(((narrative.id, len(narrative.text), len(narrative.mentions), *versions), narrative.extra))

    def keep(self) -> None:
        """Add the table of narratives, whose columns are known only now, and put all in its place.

        Raises:
            OutputError: It cannot be put there.
        """
        fields = list(dict.fromkeys(name for _, extra in self._narratives for name in extra))
        called = [f"{name} (field)" if name in _OF_NARRATIVE else name for name in fields]
        rows = ([*row, *(_field(extra.get(name)) for name in fields)] for row, extra in self._narratives)
        self._place.append("narratives.csv", b"\xef\xbb\xbf" + _lines([(*_OF_NARRATIVE, *called)]) + _lines(rows))
        super().keep()


def _mentions(narrative: Narrative) -> Iterator[Sequence[object]]:
    for m in narrative.mentions:
        others = " ".join(map(str, m.extra.get("ambivalent_with") or ()))
        yield (narrative.id, m.id, m.cue[0][0], m.cue[-1][1], cue(narrative.text, m.cue), m.emotion, m.secondary, m.primary, m.mode,
               m.status, m.intensity, *(m.extra.get(name) for name in OPTIONAL), others, m.confidence, m.source)  # fmt: skip


def _roles(narrative: Narrative) -> Iterator[Sequence[object]]:
    emotions = {mention.id: mention.emotion for mention in narrative.mentions}
    labels = {entity.id: entity.label for entity in narrative.entities}
    for r in narrative.roles:
        start, end = r.span
        yield (narrative.id, r.mention, emotions.get(r.mention), r.role, start, end, narrative.text[start:end], r.entity,
               labels.get(r.entity or ""), r.confidence, r.source)  # fmt: skip


def _entities(narrative: Narrative) -> Iterator[Sequence[object]]:
    for entity in narrative.entities:
        for start, end in entity.mentions or ((None, None),):
            yield narrative.id, entity.id, entity.label, start, end, narrative.text[start:end] if start is not None else None


def _components(narrative: Narrative) -> Iterator[Sequence[object]]:
    for part in narrative.components:
        start, end = part.span
        yield narrative.id, part.component, start, end, narrative.text[start:end], part.source


def _lines(rows: Iterable[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode()


def _field(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _cell(value: object) -> str:
    raw = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return cell(raw)
