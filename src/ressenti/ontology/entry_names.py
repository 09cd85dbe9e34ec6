"""Names of the vocabulary’s entries: of a line, of the phrases that it stands for, and of the senses that these have in linked data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha1
from itertools import product

from ressenti.ontology.vocabulary import Entry

ADVERBIAL = ("avec", "de", "en", "par", "sans", "sous")
"""A noun that the table has behind one of these is said as an adverb: « avec [délices] »."""


@lru_cache(1 << 14)
def entry_name(entry: Entry) -> str:
    """What names a line in annotations: the sense of its first phrase, ``peur-noun-fear-noun-cause``; ``lex:`` before it makes the IRI."""
    return sense_name(word_name(next(spelled(entry.term)), part_of_speech(entry)), entry)


def word_name(phrase: str, pos: str) -> str:
    """Local name of a lexical entry."""
    return f"{slug(phrase)}-{pos.lower()}"


def sense_name(word: str, entry: Entry) -> str:
    """Local name of the sense that a line gives to a lexical entry, whose own name is given."""
    condition = "; ".join(map(str, entry.conditions))
    mark = f"-{_mark(condition)}" if condition else ""
    return f"{word}-{entry.emotion}-{entry.construction}{mark}"


def part_of_speech(entry: Entry) -> str:
    """Of the whole phrase: the table gives that of the part in brackets, of « avoir les [boules] » that of « boules »."""
    first = entry.term.split()[0].split("|")[0]
    if entry.pos != "NOUN" or "[" not in entry.term or first.startswith("["):
        return entry.pos
    if first in ADVERBIAL:
        return "ADV"
    return "VERB" if first.endswith(("er", "ir", "re")) else entry.pos


def spelled(term: str) -> Iterator[str]:
    """The phrases that a term of the vocabulary stands for, as one writes them.

    Args:
        term: As in the table: ``avoir les [boules]``, ``rouge|blanc de colère``, ``cœur/N + battre/V``.

    Yields:
        Each phrase without marks: ``rouge de colère``, ``blanc de colère``; ``…`` stays where an object or a gap belongs, and the
        apostrophe is ’.
    """
    plain = re.sub(r"/[A-Z]\b", "", term.replace("[", "").replace("]", "")).replace(" + ", " … ").replace("'", "’")
    words = [word.split("|") for word in plain.split()]
    for number, alternatives in enumerate(words):
        before = words[number - 1][0] if number else ""
        if before in _DETERMINERS or alternatives[0] in _DETERMINERS:
            del alternatives[1:]
    for phrase in product(*words):
        yield " ".join(phrase)


_DETERMINERS = frozenset(
    "le la les l’ un une des mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces du au aux".split()
)


def slug(phrase: str) -> str:
    """A phrase as a local name: letters, digits, ``-`` and ``_``; those that differ by other characters only get a mark of their own."""
    phrase = unicodedata.normalize("NFC", phrase).replace("’", " ")
    name = re.sub(r"[^\w-]+", "_", phrase).strip("_-")
    if not name:  # signs alone: an emoji
        return "sign-" + "-".join(f"U{ord(sign):04X}" for sign in phrase)
    return name if name.replace("_", " ") == phrase else f"{name}_{_mark(phrase)}"


def _mark(value: str) -> str:
    """Six letters that tell two texts apart in a name."""
    return sha1(value.encode(), usedforsecurity=False).hexdigest()[:6]
