"""Labels given by hand as votes: of narratives whose mentions were marked, or of a corpus of sentences with its own labels."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ressenti.corpora.annotated import readable
from ressenti.errors import DataError, InputError
from ressenti.fallback.labels import EMOTION, MODE, shipped_labels
from ressenti.fallback.passages import passages
from ressenti.fallback.votes import NO, YES, LabelVote
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.tables import read_table
from ressenti.schema import MODES, Narrative, Span

MAPPING = Path(__file__).parent / "data" / "emotexttokids.tsv"
UNKNOWN = "unknown"
_VOTES = {"yes": YES, "no": NO, UNKNOWN: 0}


@dataclass(frozen=True, slots=True)
class Scheme:
    """From the labels of a corpus to ours.

    Attributes:
        fields: By field and value, a label and a vote on it; 0 where a value means nothing to us.
    """

    fields: Mapping[str, Mapping[str, LabelVote]]

    def fits(self, row: Mapping[str, Any]) -> bool:
        """Whether a row has all the fields."""
        return all(field in row for field in self.fields)

    def votes(self, row: Mapping[str, Any]) -> tuple[LabelVote, ...]:
        """The votes of a row; none where all that it names means nothing to us."""
        named = {field: _values(row[field]) for field in self.fields}
        several = [field for field in self.fields if isinstance(row[field], list)]
        values = [(field, value) for field in several for value in named[field]]
        if values and all(self.fields[field].get(value, ("", 0))[1] == 0 for field, value in values):
            return ()
        found: list[LabelVote] = []
        for field, known in self.fields.items():
            for value, (label, vote) in known.items():
                if vote and (value in named[field] or field in several):
                    found.append((label, vote if value in named[field] else -vote))
        return tuple(found)


def _values(value: Any) -> frozenset[str]:
    return frozenset(json.dumps(item) if isinstance(item, bool) else str(item) for item in (value if isinstance(value, list) else [value]))


def load_mapping(path: Path = MAPPING) -> Scheme:
    """Read a table with the columns ``field``, ``value``, ``label`` and ``vote`` (``yes``, ``no`` or ``unknown``).

    Raises:
        DataError: An unknown label or vote; with its line.
    """
    fields: dict[str, dict[str, LabelVote]] = {}
    for line, row in read_table(path, ("field", "value", "label", "vote")):
        if row["vote"] not in _VOTES:
            raise DataError(path, line, f"unknown vote {row['vote']!r}; known are {', '.join(_VOTES)}")
        if row["vote"] != UNKNOWN and row["label"] not in shipped_labels().index:
            raise DataError(path, line, f"unknown label {row['label']!r}; docs/weak-labels.md lists them")
        fields.setdefault(row["field"], {})[row["value"]] = (row["label"], _VOTES[row["vote"]])
    if not fields:
        raise DataError(path, None, "maps nothing")
    return Scheme(fields)


def read_gold(path: Path, say: Callable[[str], None] = lambda _: None) -> list[Narrative]:
    """Read JSON Lines of narratives marked by hand, or of a corpus' rows, whose own fields are kept as they are.

    Args:
        path: The file; if its first object has ``mentions``, it holds marked narratives.
        say: Called with what is wrong with those of the marked narratives that cannot be used.

    Raises:
        InputError: The file cannot be read, or a line is no object with ``id`` and ``text``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(path, None, "is not UTF-8; gold labels are JSON Lines in UTF-8") from None
    found: list[Narrative] = []
    for number, line in enumerate(lines, start=1):
        if not found and '"mentions"' in line:
            return readable(str(path), say)[0]
        if line.strip():
            try:
                empty: dict[str, Any] = dict.fromkeys(("components", "mentions", "roles", "entities"), ())
                found.append(Narrative.from_dict(empty | {"provenance": {}} | _object(line)))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise InputError(path, number, "is no JSON object of a marked narrative, or of a row with « id » and « text »") from None
    return found


def _object(line: str) -> dict[str, Any]:
    data = json.loads(line)
    if not (isinstance(data, dict) and isinstance(data["id"], str) and isinstance(data["text"], str)):
        raise TypeError
    if "mentions" in data:  # a gold file says no more of a mention than a person marked
        data["mentions"] = [_whole(mention) for mention in data["mentions"]]
    return data | {"roles": (), "entities": ()}  # labels are of passages


def _whole(mention: dict[str, Any]) -> dict[str, Any]:
    emotions, key = load_emotions(), mention["emotion"]
    rest = {"secondary": emotions.secondary(key), "primary": emotions.primary(key), "confidence": 1.0, "source": "review:gold"}
    return {"status": "affirmed", "intensity": "medium"} | rest | mention


def gold_votes(narratives: Iterable[Narrative], mapping: Scheme | None = None) -> dict[tuple[str, Span], tuple[LabelVote, ...]]:
    """What labels given by hand say of passages.

    A row of a corpus is one passage. Of a narrative each sentence is one: yes to the emotions and modes of its mentions, whatever their
    status, and no to the other modes and primaries; no to ``emotion`` where nothing is marked.

    Args:
        narratives: As `read_gold` gives them.
        mapping: Of the corpus whose rows they are; None for the shipped one.
    """
    mapping = mapping or load_mapping()
    found: dict[tuple[str, Span], tuple[LabelVote, ...]] = {}
    for narrative in narratives:
        if mapping.fits(narrative.extra):
            if votes := mapping.votes(narrative.extra):
                found[narrative.id, (0, len(narrative.text))] = votes
        else:
            found.update(_marked(narrative))
    return found


def _marked(narrative: Narrative) -> Iterator[tuple[tuple[str, Span], tuple[LabelVote, ...]]]:
    emotions = load_emotions()
    primaries = {emotions.primary(key) for key in emotions}
    for passage in passages(narrative):
        votes: Sequence[LabelVote] = ((EMOTION, NO),)
        if passage.mentions:
            kinds = {mention.primary for mention in passage.mentions}
            modes = {mention.mode for mention in passage.mentions}
            votes = (
                *((mention.emotion, YES) for mention in passage.mentions),
                *((primary, NO) for primary in sorted(primaries - kinds)),
                *((MODE + mode, YES if mode in modes else NO) for mode in MODES),
            )
        else:
            votes = (*votes, *((MODE + mode, NO) for mode in MODES))
        yield (passage.narrative, passage.span), tuple(votes)
