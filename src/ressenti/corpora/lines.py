"""Printed lines to paragraphs: what a page's layout cut is joined, what it added is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ressenti.corpora.account import Paragraph
from ressenti.corpora.turns import label
from ressenti.ontology.tables import read_table

HYPHENATED = Path(__file__).parent / "data" / "hyphenated.tsv"
"""Our own list: words that stand before or after a hyphen in French compounds and inversions, but not at such a place in a word that a
printer cuts (« beau-coup », « dou-leur »). French is not cut before a mute syllable or two letters, so « -ce » and « -la » are words."""

_BLANKS = re.compile(r"[ \t]+")
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"(?:[-–—]\s*)?(?:page|p\.)?\s*(\d{1,4})(?:\s*(?:/|sur|of|de)\s*\d{1,4})?(?:\s*[-–—])?", re.IGNORECASE)
_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]++)([-\u2010\u00ad])$")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…:][»”\")\]\s\u00a0\u202f]*$")
_ITEM = re.compile(r"[-–—•▪●·*]\s|\d{1,2}[.)]\s|[a-z]\)\s")
_FULL = 0.75
# A line that ends a sentence and leaves so much room ends a paragraph.
_ENDED = 0.9


def without_titles(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], int]:
    """The pages' lines without page numbers and running titles.

    A title is the first or last line of more than half of the pages, its numbers aside, of three at least or of two where it ends no
    sentence; up to two may stand together. A page number is alone on its line there and counts up with the pages.

    Returns:
        The lines of each page, runs of blanks as one space; how many were left out.
    """
    kept = [[_BLANKS.sub(" ", line).strip(" \t") for line in page] for page in pages]
    for page in kept:
        while page and not page[-1]:
            page.pop()
        while page and not page[0]:
            page.pop(0)
    out = 0
    done: Counter[tuple[int, int, bool]] = Counter()
    for at in (0, -1) * 3:  # a browser prints two titles and a number
        edges = {number: page[at] for number, page in enumerate(kept) if len(page) > 1}
        alike = Counter(_NUMBER.sub("0", line) for line in edges.values())
        shifts = Counter(int(found[1]) - number for number, line in edges.items() if (found := _PAGE.fullmatch(line)))
        for number, line in edges.items():
            found = _PAGE.fullmatch(line)
            counted = found is not None and shifts[int(found[1]) - number] > 1
            often = alike[_NUMBER.sub("0", line)]
            what = (number, at, counted)
            title = found is None and 2 * often > len(edges) and (often > 2 or (often == 2 and not _ENDS.search(line)))
            if (counted and not done[what]) or (title and done[what] < 2):
                done[what] += 1
                kept[number].pop(at)
                out += 1
    return kept, out


def join(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[Paragraph, ...], int]:
    """Lines to paragraphs, one a line.

    A line ends its paragraph where the next word would have had room on it, the more so after a sentence's end, or where an item of a
    list or a speaker's turn begins; never where the text goes on in lower case within a sentence. A hyphen at a line's end goes, unless
    it is one of a compound (« peut-être », « dit-elle », « Jean-Paul ») by our list or by the word's other places in the text.

    Args:
        pages: The lines of each page.

    Returns:
        The text, its paragraphs with the page on which each begins (``page 2 p 3``), and how many words were joined.
    """
    lines = [(number, line) for number, page in enumerate(pages, 1) for line in page]
    lengths = sorted(len(line) for _, line in lines if line)
    width = lengths[9 * len(lengths) // 10] if lengths else 0
    seen = Counter(word.casefold() for _, line in lines for word in _WORDS.findall(line))
    pieces: list[str] = []
    spans: list[Paragraph] = []
    counts: Counter[int] = Counter()
    at = start = joined = 0
    locator = ""
    before = ""
    for page, line in lines:
        if not line:
            before = ""
            continue
        gap = _gap(before, line, width) if before else "\n"
        if gap == "\n":
            if pieces:
                spans.append((start, at, locator))
                pieces.append(gap)
                at += 1
            counts[page] += 1
            start, locator = at, f"page {page} p {counts[page]}"
        elif gap == "-":
            if not _kept(before, line, seen):
                pieces[-1] = pieces[-1][:-1]
                at -= 1
                joined += 1
        else:
            pieces.append(gap)
            at += 1
        pieces.append(line)
        at += len(line)
        before = line
    if pieces:
        spans.append((start, at, locator))
    return "".join(pieces), tuple(spans), joined


def _gap(line: str, following: str, width: int) -> str:
    """What stands between two lines: a line end, a blank, or "-" where a hyphen may have cut a word."""
    if _ITEM.match(following) or label(following) is not None:
        return "\n"
    if _CUT.search(line) and following[0].isalpha():
        return "-"
    ended = bool(_ENDS.search(line))
    if following[0].islower() and not ended:
        return " "
    room = (_ENDED if ended else _FULL) * width
    return "\n" if len(line) + 1 + len(following.split(" ", 1)[0]) <= room else " "


def _kept(line: str, following: str, seen: Counter[str]) -> bool:
    """Whether the hyphen at a line's end is the word's own."""
    cut, rest = _CUT.search(line), _LETTERS.match(following)
    if cut is None or rest is None:
        return True
    if cut[2] == "\u00ad":
        return False
    head, tail = cut[1].casefold(), rest[0].casefold()
    with_hyphen, without = seen[f"{head}-{tail}"], seen[head + tail]
    if with_hyphen or without:
        return with_hyphen > without
    heads, tails = _compounds()
    return rest[0][0].isupper() or head in heads or tail in tails


@cache
def _compounds() -> tuple[frozenset[str], frozenset[str]]:
    words = {row["place"]: frozenset(row["words"].split()) for _, row in read_table(HYPHENATED, ("place", "words"))}
    return words["before"], words["after"]
