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
    """Choose and order the words: by mode and register as the vocabulary lists them, single words before phrases, then by letter."""
    by_mode: dict[str, dict[tuple[str, Phrase], None]] = {mode: {} for mode in MODES}
    for entry in entries:
        by_mode[entry.mode][entry.register, Phrase(written(entry), entry.region)] = None
    modes = []
    for mode, found in by_mode.items():
        ordered = sorted(found, key=lambda pair: (REGISTERS.index(pair[0]), " " in pair[1].text, alphabetical(pair[1].text)))
        count = SHOWN.get(mode, SHOWN_ELSE)
        if found:
            modes.append(Spoken(mode, len(found), _by_register(ordered[:count]), _by_register(ordered[count:])))
    return FrenchWords(sum(mode.total for mode in modes), modes)


def _by_register(found: Sequence[tuple[str, Phrase]]) -> list[tuple[str, Sequence[Phrase]]]:
    registers = [(name, [phrase for register, phrase in found if register == name]) for name in REGISTERS]
    return [(name, phrases) for name, phrases in registers if phrases]


def written(entry: Entry) -> str:
    """A term as one reads it: no marks of the table, alternatives with a slash, pronoun and negation where it needs them."""
    text = re.sub(r"/[NVA]\b", "", entry.term.replace("[", "").replace("]", "")).replace(" + ", " … ").replace("|", "/")
    text = text.replace("'", "’").replace(_EMOJI_STYLE, "")
    return in_words(text, entry.pos, reflexive=bool(entry.reflexive), negated=entry.only_negated)
