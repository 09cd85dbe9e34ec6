"""Transcripts with speaker turns: one speaker's words become the account."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ressenti.corpora.account import Account, joined
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.turns import Turn, folded, is_transcript, matches, turns
from ressenti.errors import InputError

KEY = "transcript"
"""The field of an account in which it is said who speaks, carried through to the output."""


def hint(account: Account) -> Account:
    """The account as it is; one that looks like a transcript with a notice that a speaker can be chosen."""
    found = turns(account.text)
    if not is_transcript(found):
        return account
    number = len({turn.speaker for turn in found})
    told = f"looks like a transcript of {number} speakers, read as one account; --speaker NAME reads one person’s turns alone"
    return replace(account, notices=(*account.notices, told))


def choose(account: Account, speaker: str) -> Account:
    """The account of one speaker: the words of that person's turns, a turn a paragraph; labels, times and the others' turns are cut out.

    Lines of a turn stay lines, blank ones at its ends are left out. ``paragraphs`` has each turn with its place in what was read (``p 3``
    of a Word file, ``line 12`` of a text). ``extra["transcript"]`` has the speaker, all speakers with the number of their turns, and for
    each turn kept its start and end in the text, its place and its time.

    Args:
        account: As its reader gave it.
        speaker: A name as it stands before the turns; case, accents and a final point do not matter, and a first name will do for one
            speaker alone.

    Raises:
        InputError: No or more than one speaker is called so; the text says where speakers are first met, never their words.
    """
    if account.text.strip() == "":
        return account
    found = turns(account.text, speaker)
    name = _speaker(account, found, speaker)
    said = [(words, turn) for turn in found if turn.speaker == name and (words := _words(account, turn))]
    text, spans = joined((words, _place(account, turn)) for words, turn in said)
    kept = [
        {"span": [start, end], "place": place} | ({"time": turn.time} if turn.time else {})
        for (start, end, place), (_, turn) in zip(spans, said, strict=True)
    ]
    counts = Counter(turn.speaker for turn in found)
    speakers = [{"name": speaker, "turns": number} for speaker, number in counts.items()]
    extra = {**account.extra, KEY: {"speaker": name, "speakers": speakers, "turns": kept}}
    notices = [*account.notices, f"{counts[name]} of {len(found)} turns read, those of the speaker asked for"]
    if before := account.text.count("\n", 0, found[0].lines[0][0]):
        notices.append(f"{before} line{'s'[: before > 1]} before the first turn left out")
    if once := [_place(account, turn) for turn in found if counts[turn.speaker] == 1 and turn.speaker != name]:
        notices.append(f"taken for speakers though met once: {', '.join(once[:5])}")
    if not text:
        notices.append(EMPTY)
    return replace(account, text=text, extra=extra, paragraphs=spans, notices=tuple(notices))


def unnamed(extra: Mapping[str, Any]) -> dict[str, Any]:
    """A narrative's fields with the speakers of its transcript called S1, S2 … in their order, if it is one.

    Their names stood before the turns and are not in the text, so nothing that looks for names there finds them.
    """
    match extra.get(KEY):
        case {"speaker": str(name), "speakers": list(speakers), **rest}:
            numbered, called = [], "S0"
            for number, speaker in enumerate(speakers, 1):
                new = f"S{number}"
                if isinstance(speaker, Mapping):
                    called = new if speaker.get("name") == name else called
                    numbered.append({"name": new, "turns": speaker.get("turns")})
            return {**extra, KEY: {"speaker": called, "speakers": numbered, **rest}}
    return dict(extra)


def _speaker(account: Account, found: list[Turn], asked: str) -> str:
    first: dict[str, Turn] = {}
    for turn in found:
        first.setdefault(turn.speaker, turn)
    key = folded(asked)
    called = [name for name in first if folded(name) == key] or [name for name in first if key and matches(folded(name), key)]
    if len(called) == 1:
        return called[0]
    if not found:
        reason = (
            "no speaker turns in it (a line that begins with a name and a colon, « ANNE : … », or with a name and a tab; in Word, a "
            "table with who speaks in its first column); leave out --speaker to read it whole"
        )
        raise InputError(account.source, None, reason)
    where = ", ".join(_place(account, first[name]) for name in (called or [*first])[:8])
    if called:
        raise InputError(account.source, None, f"more than one speaker is called so, first at: {where}; give --speaker the whole name")
    number = f"its {len(first)} speakers are" if len(first) > 1 else "its only speaker is"
    raise InputError(account.source, None, f"no speaker is called what --speaker says; {number} first met at: {where}")


def _words(account: Account, turn: Turn) -> str:
    return "\n".join(account.text[start:end] for start, end in turn.lines).strip()


def _place(account: Account, turn: Turn) -> str:
    """Where a turn begins in the file, as exactly as the reader knows."""
    at = turn.lines[0][0]
    paragraphs = account.paragraphs or ()
    number = bisect_right(paragraphs, at, key=lambda paragraph: paragraph[0]) - 1
    return paragraphs[number][2] if number >= 0 else f"line {turn.line}"
