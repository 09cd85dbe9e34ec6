"""The French words for an emotion as the page shows them: by mode, then by register, the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ressenti.ontology.pages.language import alphabetical
from ressenti.ontology.vocabulary import REGISTERS, Entry, in_words
from ressenti.schema import MODES

SHOWN = {"labelled": 30}
SHOWN_ELSE = 12
"""How many words of a mode a page shows at once; the others unfold."""


_EMOJI_STYLE = "\ufe0f"
"""The table has some emoji with and without this mark, which readers cannot see."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word or phrase, with the region it is used in, if not everywhere."""

    text: str
    region: str


Rank = tuple[bool, bool, int, bool, int]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one mode.

    Attributes:
        total: How many there are.
        registers: Register and words, in the order of `REGISTERS`: the first ones.
        folded: Likewise, those that one unfolds to see.
    """

    mode: str
    total: int
    registers: Sequence[tuple[str, Sequence[Phrase]]]
    folded: Sequence[tuple[str, Sequence[Phrase]]]


@dataclass(frozen=True, slots=True)
class FrenchWords:
    """The words of an emotion; their number, and each mode that there are some of."""

    total: int
    modes: Sequence[Spoken]


def french_words(entries: Iterable[Entry]) -> FrenchWords:
    """Choose and order the words: by mode and register as the vocabulary lists them, single words before phrases, then by letter.

    Shown first are those that say the emotion by themselves, without a condition; a dictionary's rare words after those that came to mind
    first, and of these the short ones, which are the common ones.
    """
    by_mode: dict[str, dict[str, tuple[Rank, str, Phrase]]] = {mode: {} for mode in MODES}
    for entry in entries:
        text = written(entry)
        rank = (bool(entry.conditions), " " in text, REGISTERS.index(entry.register), entry.origin != "manual", len(text))
        said = (rank, entry.register, Phrase(text, entry.region))
        known = by_mode[entry.mode].setdefault(text, said)
        by_mode[entry.mode][text] = said if rank < known[0] else known
    modes = []
    for mode, found in by_mode.items():
        count = SHOWN.get(mode, SHOWN_ELSE)
        ranked = sorted(found.values(), key=lambda said: (said[0], alphabetical(said[2].text)))
        chosen = [(register, phrase) for _, register, phrase in ranked]
        if found:
            modes.append(Spoken(mode, len(found), _by_register(_ordered(chosen[:count])), _by_register(_ordered(chosen[count:]))))
    return FrenchWords(sum(mode.total for mode in modes), modes)


def _ordered(found: Iterable[tuple[str, Phrase]]) -> list[tuple[str, Phrase]]:
    return sorted(found, key=lambda pair: (REGISTERS.index(pair[0]), " " in pair[1].text, alphabetical(pair[1].text)))


def _by_register(found: Sequence[tuple[str, Phrase]]) -> list[tuple[str, Sequence[Phrase]]]:
    registers = [(name, [phrase for register, phrase in found if register == name]) for name in REGISTERS]
    return [(name, phrases) for name, phrases in registers if phrases]


def written(entry: Entry) -> str:
    """A term as one reads it: no marks of the table, alternatives with a slash, pronoun and negation where it needs them."""
    text = re.sub(r"/[NVAD]\b", "", entry.term.replace("[", "").replace("]", "")).replace(" + ", " … ").replace("|", "/")
    text = text.replace("'", "’").replace(_EMOJI_STYLE, "")
    return in_words(text, entry.pos, reflexive=bool(entry.reflexive), negated=entry.only_negated)
