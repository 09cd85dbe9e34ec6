"""A passage as labelling functions see it: its words, folded, its marks, and the vocabulary's terms that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from ressenti.fallback.passages import Context, Passage
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.rules.parser import load_parser
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read
from ressenti.rules.triggers import Matcher

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?|\d+(?:[.,  ]\d+)*|[!?]+|\.{2,}|[^\s\w]")
_INVERTED = re.compile(r"-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)$")


def words(text: str) -> list[str]:
    """The folded words, numbers and marks of a text; « écrit-il » is « écrit »."""
    return [_INVERTED.sub("", word) for word in _WORD.findall(fold(read(text).text))]


class Terms:
    """Which terms of the vocabulary stand in a text, whether or not a rule takes them.

    Args:
        vocabulary: The entries to look for.
    """

    def __init__(self, vocabulary: Sequence[Entry]) -> None:
        nlp = load_parser()
        self._tokenise = nlp.make_doc
        self._matcher = Matcher(nlp, vocabulary)

    def __call__(self, text: str) -> list[tuple[Entry, tuple[int, int]]]:
        """The entries, each with the span of its cue."""
        reading = read(text)
        doc = self._tokenise(reading.text)
        found = []
        for hit in self._matcher.hits(Sentence([*doc], 0)):
            first, last = doc[hit.cue[0]], doc[hit.cue[-1]]
            found.append((hit.entry, reading.original(first.idx, last.idx + len(last))))
        return found


@cache
def shipped_terms() -> Terms:
    """Those of the shipped vocabulary."""
    return Terms(load_vocabulary())


class Seen:
    """A passage with what functions ask of it, each found once.

    Args:
        context: The passage and its neighbours.
        terms: Finds the vocabulary's terms; None to find none, which needs no parser.
    """

    def __init__(self, context: Context, terms: Terms | None = None) -> None:
        self.before, self.passage, self.after = context
        self._terms = terms

    @cached_property
    def words(self) -> list[str]:
        """Folded words, numbers and marks, in order."""
        return words(self.passage.text)

    @cached_property
    def bag(self) -> frozenset[str]:
        """The same without their order."""
        return frozenset(self.words)

    @cached_property
    def line(self) -> str:
        """The words joined by single blanks, one at each end, to look for phrases in."""
        return " " + " ".join(self.words) + " "

    @cached_property
    def untaken(self) -> list[Entry]:
        """Entries of the vocabulary that stand in the passage and that no mention's cue overlaps."""
        if self._terms is None:
            return []
        start = self.passage.span[0]
        taken = [piece for mention in self.passage.mentions for piece in mention.cue]
        return [
            entry for entry, (low, high) in self._terms(self.passage.text)
            if not any(first < start + high and start + low < last for first, last in taken)
        ]  # fmt: skip

    def has(self, forms: Iterable[str], phrases: Iterable[str] = ()) -> bool:
        """Whether one of the words or phrases stands in it."""
        return not self.bag.isdisjoint(forms) or any(f" {phrase} " in self.line for phrase in phrases)

    @property
    def neighbours(self) -> list[Passage]:
        """The passages before and after it."""
        return [passage for passage in (self.before, self.after) if passage is not None]
