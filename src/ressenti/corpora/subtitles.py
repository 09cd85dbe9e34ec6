"""Subtitles of a recording (SubRip .srt, WebVTT .vtt): their words as one narrative, speakers as turns."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ressenti.corpora.account import Account, Paragraph, Source
from ressenti.corpora.encoding import decode
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.stream import whole
from ressenti.corpora.turns import label
from ressenti.errors import InputError

_STAMP = r"(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_STAMP}[ \t]+-->[ \t]+{_STAMP}")
_BLOCKS = re.compile(r"(?:\r\n?+|\n)(?:[ \t]*(?:\r\n?+|\n))+")
_VOICE = re.compile(r"<v(?:\.[^ \t<>]*+)?+[ \t]++([^<>]++)>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]*>|\{\\[^{}]*\}")
_BLANKS = re.compile(r"[ \t\r\n]+")
_ENDS = (".", "!", "?", "…", "»", ":")
_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    place: str
    speaker: str
    words: str


def read_subtitles(source: Source) -> Iterator[Account]:
    """The words of the cues, those of one sentence on one line.

    A new line begins with a speaker, and after a sentence's end where two seconds of silence follow. A voice of WebVTT
    (``<v Anne>``) becomes the label « Anne : », as transcripts have it. Numbers, times, styles and notes are left out, and a cue that says
    the same as the one before. ``paragraphs`` has each line with the time (``00:01:12``) at which it begins.

    Raises:
        InputError: There is no cue in the file, or the bytes are no text.
    """
    text, notices = decode(whole(source.stream, source.path), source.path, source.encoding)
    pieces: list[str] = []
    spans: list[Paragraph] = []
    at, before, anything = 0, None, False
    for cue in _cues(text):
        anything = True
        if not cue.words or (before and (before.words, before.speaker) == (cue.words, cue.speaker)):
            continue
        new_speaker = before is None or before.speaker != cue.speaker
        silence = before is not None and before.words.endswith(_ENDS) and cue.start - before.end >= _PAUSE
        new = new_speaker or silence or label(cue.words) is not None
        words = f"{cue.speaker} : {cue.words}" if new_speaker and cue.speaker else cue.words
        gap = "" if before is None else "\n" if new else " "
        pieces += (gap, words)
        start = at + len(gap)
        at = start + len(words)
        if new or not spans:
            spans.append((start, at, cue.place))
        else:
            spans[-1] = (spans[-1][0], at, spans[-1][2])
        before = cue
    if not anything and text.strip():
        raise InputError(source.path, None, "no subtitles in it (a line such as 00:01:12,000 --> 00:01:15,000); plain text is .txt")
    if before is None:
        notices = (*notices, EMPTY)
    yield Account(source.id, "".join(pieces), source=source.path, paragraphs=tuple(spans), notices=notices)


def _cues(text: str) -> Iterator[_Cue]:
    for block in _BLOCKS.split(text):
        lines = block.splitlines()
        # The line of the times stands first or below the cue's number.
        found = [(number, match) for number, line in enumerate(lines[:2]) if (match := _TIMES.match(line))]
        if not found:
            continue
        number, times = found[0]
        groups = times.groups()
        # What stands between voices: words, name, words, name, words …
        said = ["", *_VOICE.split("\n".join(lines[number + 1 :]))]
        for name, words in zip(said[::2], said[1::2], strict=True):
            if words.strip() or name:
                yield _Cue(_seconds(groups[:4]), _seconds(groups[4:]), _clock(groups[:4]), _plain(name), _plain(words))


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", html.unescape(_TAG.sub("", text))).strip(" ").replace("\0", "")


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{rest}")


def _clock(groups: tuple[str | None, ...]) -> str:
    hours, minutes, seconds, _ = groups
    return f"{int(hours or 0):02}:{minutes}:{seconds}"
