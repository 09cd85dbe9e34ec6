"""Patterns as rows of a table, one a pattern, and what they are made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from ressenti.corpora.harmless import cell
from ressenti.graph.labels import Language
from ressenti.graph.patterns.ambivalences import Ambivalence
from ressenti.graph.patterns.causes import Causation
from ressenti.graph.patterns.chains import Chain, Loop
from ressenti.graph.patterns.felt import Felt, Words
from ressenti.graph.patterns.find import Patterns
from ressenti.graph.patterns.report import line
from ressenti.graph.patterns.single import Denied, OfOther, Unattributed, Uncaused
from ressenti.graph.patterns.territory import Territory
from ressenti.graph.patterns.wording import Wording

COLUMNS = ("id", "pattern", "sort", "emotions", "who", "status", "mentions", "words", "spans", "read")
"""``sort`` is the kind of a chain or loop and the source of an ambivalence; ``words`` and ``spans`` are all that prove the pattern."""


def felts(pattern: Any) -> tuple[Felt, ...]:
    """The emotions of a pattern, in its order."""
    match pattern:
        case Causation():
            return (*pattern.through, pattern.felt)
        case Chain() | Loop():
            return pattern.steps
        case Uncaused():
            return pattern.felt
        case Ambivalence():
            return (pattern.one, pattern.other)
        case Territory():
            return (*pattern.inside, *pattern.about)
    return (pattern.felt,)


def proofs(pattern: Any) -> tuple[Words, ...]:
    """The words that prove a pattern: cues, causes, words of succession, targets; each once, in the order of the narrative."""
    words = [felt.cue for felt in felts(pattern)]
    match pattern:
        case Causation():
            words.append(pattern.cause)
        case Chain() | Loop():
            words += [link.words for link in pattern.links if link.words.spans]
        case Territory():
            words.append(pattern.words)
        case Denied():
            words += [*pattern.about, *(felt.cue for felt in pattern.elsewhere)]
        case Uncaused() | OfOther() | Unattributed():
            words += pattern.towards
    return tuple(sorted(dict.fromkeys(words), key=lambda found: found.spans))


def sort_of(pattern: Any) -> str:
    """Kind of a chain or loop, source of an ambivalence, whether territory was asked for; else nothing."""
    match pattern:
        case Chain() | Loop():
            return pattern.kind
        case Ambivalence():
            return pattern.source
        case Territory():
            return "given" if pattern.given else "rule"
    return ""


def rows(patterns: Patterns, language: Language = "fr") -> Iterator[tuple[str, ...]]:
    """The rows of a narrative, in the order of `COLUMNS`."""
    say = Wording(language)
    for kind, several in patterns.found.items():
        for pattern in several:
            steps = felts(pattern)
            yield (
                patterns.narrative, kind, sort_of(pattern), " ".join(felt.emotion for felt in steps),
                " | ".join(dict.fromkeys(_id(felt) for felt in steps if felt.who is not None)),
                " ".join(felt.status for felt in steps), " ".join(str(felt.mention) for felt in steps),
                " | ".join(words.text for words in proofs(pattern)),
                " | ".join(" ".join(f"{start}-{end}" for start, end in words.spans) for words in proofs(pattern)),
                line(pattern, say),
            )  # fmt: skip


def _id(felt: Felt) -> str:
    return "" if felt.who is None else felt.who.id or felt.who.label


def tsv(rows: Iterable[tuple[str, ...]], header: tuple[str, ...] | None = None) -> str:
    """Tab-separated lines; no cell is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    if header:
        writer.writerow(header)
    writer.writerows(map(cell, row) for row in rows)
    return buffer.getvalue()
