"""Speaker turns in a transcript: where each begins, who speaks, and when."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = rf"(?:\[\s*{_TIME}\s*\]|\(\s*{_TIME}\s*\)|{_TIME})"
_WORD = r"[^\W\d_][\w.’'\-]*"
# A name of one to four words that begin with capitals: « Anne », « ANNE D. », « Mme Le Goff », « Marie de Vos », « Locuteur 1 ». In
# « Je lui ai dit : » the second word does not.
_FURTHER = r"(?:[^\W\d_a-zà-öø-ÿœ][\w.’'\-]*|de|du|des|la|le|d’|d'|van|von|\d{1,2}+|\([^()\n]{1,20}\))"
_NAME = rf"(?P<name>{_WORD}(?:[ \u00a0]{_FURTHER}){{0,3}})"
_BLANK = r"[ \t\u00a0\u202f]"
_LABEL = re.compile(
    rf"{_BLANK}*(?:(?P<before>{_STAMP}){_BLANK}*[-–—]?{_BLANK}*)?(?:\*\*)?{_NAME}(?:\*\*)?{_BLANK}*(?P<after>{_STAMP})?{_BLANK}*"
    rf"(?:(?P<colon>:)(?:\*\*)?(?!//|\d)|(?P<dash>[–—]|-(?={_BLANK}))|(?P<end>$)|(?P<tab>\t)){_BLANK}*"
)
_LEADING = re.compile(rf"{_BLANK}*{_STAMP}{_BLANK}*(?:[-–—]{_BLANK}+)?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?){1,3}$")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Label:
    """The beginning of a turn.

    Attributes:
        name: The speaker, as written.
        words: Where on the line what is said begins.
        time: As written, without brackets; empty where there is none.
        sure: Whether it is a label even where it stands once: by its time, its capitals or initials.
    """

    name: str
    words: int
    time: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says at a stretch.

    Attributes:
        speaker: As first written in the transcript.
        time: As written, without brackets; empty where there is none.
        line: Number of its first line, from 1.
        lines: Start and end in the text of each line's words, label and time left out.
    """

    speaker: str
    time: str
    line: int
    lines: tuple[tuple[int, int], ...]


def label(line: str) -> Label | None:
    """What looks like the label of a turn: « ANNE : », « [00:01:12] Coach : », « A. – », « Anne 0:03 », « Anne » and a tab."""
    match = _LABEL.match(line[:200])
    if match is None or len(match["name"]) > _LONGEST or not match["name"][0].isupper():
        return None
    name, stamp = match["name"], match["before"] or match["after"]
    if match["dash"] and not (_INITIALS.fullmatch(name) or (name.isupper() and len(name) > 1)):
        return None
    if match["end"] is not None and (stamp is None or len(name) == 1):
        return None
    # « Lundi 10:30 » alone on a line may be a date.
    sure = name.isupper() or (stamp is not None and match["end"] is None)
    return Label(name, match.end(), (stamp or "").strip("[]() "), sure)


def folded(name: str) -> str:
    """A speaker's name as it is compared: without case, accents, blanks and points at its ends."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return " ".join(plain.casefold().replace("’", "'").split()).strip(". ")


def turns(text: str, asked: str = "") -> list[Turn]:
    """The turns of a transcript, in order; a line without a label goes on with the turn before it.

    Where two speakers are met again and again, a label that stands once counts if it has a time, is the speaker asked for, is written in
    capitals or as initials, or begins the transcript: « Bilan : » in the middle of an answer is no speaker. In a shorter talk it counts.

    Args:
        text: Of the transcript; what stands before the first turn belongs to none.
        asked: The speaker that somebody asked for.
    """
    starts = list(_lines(text))
    labels = [label(text[start:end]) for start, end in starts]
    counts = Counter(folded(item.name) for item in labels if item)
    short = sum(count > 1 for count in counts.values()) < 2
    first = next((number for number, item in enumerate(labels) if item), None)
    wanted = {name for name in counts if asked and matches(name, folded(asked))}
    names: dict[str, str] = {}
    found: list[tuple[str, str, int, list[tuple[int, int]]]] = []
    for number, ((start, end), item) in enumerate(zip(starts, labels, strict=True)):
        key = folded(item.name) if item else ""
        if item and (counts[key] > 1 or short or item.sure or key in wanted or number == first):
            found.append((names.setdefault(key, item.name), item.time, number + 1, [(start + item.words, end)]))
        elif found:
            leading = _LEADING.match(text, start, end)
            found[-1][3].append((leading.end() if leading else start, end))
    return [Turn(speaker, time, line, tuple(lines)) for speaker, time, line, lines in found]


def matches(name: str, asked: str) -> bool:
    """Whether a folded name is the folded one asked for, or begins with it as « anne durand » does with « anne »."""
    return name == asked or name.startswith(asked + " ")


def is_transcript(found: Sequence[Turn]) -> bool:
    """Whether turns look like a talk: two speakers at least, two of them twice, and they take turns."""
    counts = Counter(turn.speaker for turn in found)
    changes = sum(1 for one, two in pairwise(found) if one.speaker != two.speaker)
    return sum(1 for count in counts.values() if count > 1) > 1 and changes > 2 and 2 * changes >= len(found) - 1


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append((start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return spans
