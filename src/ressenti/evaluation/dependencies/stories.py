"""Narratives reduced to what the methods count: who felt which emotion, in which sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ressenti.rules.text import read, sentences

NARRATOR = "NARRATOR"
"""Id of the entity that tells the story."""

_FIRST_PERSON = re.compile(r"(j['’]|je|m['’]|me|moi|mon|ma|mes)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Felt:
    """One affirmed mention of an emotion.

    Attributes:
        sentence: Number of its sentence in the story.
        start: Where its cue begins in the story's text.
        end: Where its cue ends.
        emotion: Key of ``emotions.tsv``.
        experiencer: Who feels, or None when that is not known.
    """

    sentence: int
    start: int
    end: int
    emotion: str
    experiencer: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """A text and what is felt in it, in reading order.

    Attributes:
        source: The file or collection it comes from; expectations are estimated for each source.
        text: The text.
        felt: Its affirmed mentions.
    """

    source: str
    text: str
    felt: tuple[Felt, ...]


def story(narrative: Mapping[str, Any], source: str) -> Story:
    """The story of an annotated narrative, ours or a gold one; negated and hypothetical mentions are left out.

    Args:
        narrative: A JSON object of the file format, with at least ``text`` and ``mentions``.
        source: Name of the collection.
    """
    text: str = narrative["text"]
    reading = read(text)
    starts = [reading.original(*span)[0] for span in sentences(reading.text)]
    roles = narrative.get("roles", ())
    who = {role["mention"]: _who(text, role) for role in reversed(roles) if role["role"] == "experiencer"}
    felt = [
        Felt(bisect_right(starts, m["cue"][0][0]), m["cue"][0][0], m["cue"][-1][1], m["emotion"], who.get(m["id"]))
        for m in narrative["mentions"]
        if m["status"] == "affirmed" and m["mode"] != "displayed"
    ]
    return Story(source, text, tuple(sorted(felt, key=lambda f: (f.start, f.end))))


def joined(rows: Iterable[Story], source: str) -> Story:
    """One story of rows that follow each other in a text, a line each.

    An entity is known within its row only, so those of two rows are never taken for the same or for different ones; the narrator stays.
    """
    texts: list[str] = []
    felt: list[Felt] = []
    offset = 0
    for number, row in enumerate(rows):
        for f in row.felt:
            who = f.experiencer if f.experiencer in (None, NARRATOR) else f"{number}:{f.experiencer}"
            felt.append(replace(f, sentence=number, start=offset + f.start, end=offset + f.end, experiencer=who))
        texts.append(row.text)
        offset += len(row.text) + 1
    return Story(source, "\n".join(texts), tuple(felt))


def may_be_same(a: Felt, b: Felt) -> bool:
    """Whether one person may feel both: not where both are known and different."""
    if a.experiencer is None or b.experiencer is None or a.experiencer == b.experiencer:
        return True
    rows = [who.split(":")[0] for who in (a.experiencer, b.experiencer) if ":" in who]
    return len(rows) == 2 and rows[0] != rows[1]


def _who(text: str, role: Mapping[str, Any]) -> str | None:
    """The entity; a gold role has none, but the first person is plain from its form."""
    entity: str | None = role.get("entity")
    if entity is None and _FIRST_PERSON.fullmatch(text[slice(*role["span"])]):
        return NARRATOR
    return entity
