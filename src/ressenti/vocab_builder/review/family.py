"""What the vocabulary already has of a term's word family: whoever decides on « effroyablement » wants to see where « effroi » went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from os.path import commonprefix

from ressenti.ontology.morphology import fold, without_accents
from ressenti.ontology.vocabulary import Entry

BEGINNING = 4
"""Letters that words of one family share at least."""
SHORT, SHARE = 5, 0.65
"""Of a shorter word up to so many letters they share all but a last e (« larme », « larmoyer »), of a longer one this part."""
_WORD = re.compile(r"[^\W\d_]+")


class Families:
    """Finds entries of one family by how their words begin. Families whose stem changes (« joie », « joyeux ») are not seen as one.

    Args:
        entries: The vocabulary.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_beginning: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for entry in entries:
            for word in _words(entry.term):
                self._by_beginning[word[:BEGINNING]].append((word, entry))

    def __call__(self, term: str, most: int = 6) -> list[Entry]:
        """The entries that share most with a term, single words first, each term and emotion once."""
        found: dict[tuple[str, str], tuple[tuple[bool, bool, int, str], Entry]] = {}
        for word in _words(term):
            for other, entry in self._by_beginning.get(word[:BEGINNING], ()):
                shared = len(commonprefix([word, other]))  # noqa: RUF071 (letters are meant)
                if shared < _needed(min(word, other, key=len)):
                    continue
                rank = (entry.term != term, " " in entry.term, -shared, entry.term)
                key = (entry.term, entry.emotion)
                if key not in found or rank < found[key][0]:
                    found[key] = (rank, entry)
        return [entry for _, entry in sorted(found.values(), key=lambda item: item[0])][:most]


def _words(term: str) -> list[str]:
    """The words of a term that are long enough, without accents."""
    return [word for word in _WORD.findall(without_accents(fold(term))) if len(word) >= BEGINNING]


def _needed(shorter: str) -> float:
    return len(shorter.removesuffix("e")) if len(shorter) <= SHORT else SHARE * len(shorter)
