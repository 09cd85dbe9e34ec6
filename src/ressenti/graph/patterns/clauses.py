"""What can be told of a clause from its words alone: whom it speaks of first, and what stands in a clause within it.

A graph has no parse. Clause spans begin at the subject (guidelines, section 4), so that the first words decide.
"""

from __future__ import annotations

import re
from functools import cache

from ressenti.graph.patterns.felt import Person, Telling
from ressenti.graph.patterns.french import load_french
from ressenti.ontology.morphology import fold
from ressenti.rules.words import load_words
from ressenti.schema import Span

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+")
_INFINITIVE = re.compile(r"\w(?:er|ir|oir|re)")
_NEAR = 4
"""Words between the start of a noun phrase and its noun, at most: « mon tout petit frère »."""


@cache
def _class(name: str) -> frozenset[str]:
    return load_words()[name]


def _tokens(text: str, span: Span) -> list[tuple[str, Span]]:
    return [(fold(match[0]), match.span()) for match in _WORD.finditer(text, *span)]


def speaks_of(telling: Telling, span: Span) -> Person | None:
    """Who is the subject of a clause, or the head of a noun phrase: « mon père » in « mon père a crié »; None where it is nobody."""
    tokens = _tokens(telling.narrative.text, span)
    if not tokens:
        return None
    first, at = tokens[0]
    french = load_french()
    if first in french["subjects"]:
        if first in french["also_objects"] and len(tokens) > 1 and _INFINITIVE.fullmatch(tokens[1][0][-3:]):
            return None
        return telling.named_at(at)
    determined = first in _class("determiners") or first in _class("possessives")
    if not determined:
        return None if first in _class("object_clitics") else _named_from(telling, at[0], span)
    for word, place in tokens[1 : _NEAR + 1]:
        if word in _class("prepositions") or word in ("de", "d'", "du", "des"):
            return None
        if word not in _class("possessives") and (person := _named_from(telling, place[0], span)):
            return person
    return None


def _named_from(telling: Telling, start: int, span: Span) -> Person | None:
    """Whom the words from an offset name: one word, or a name of several."""
    text = telling.narrative.text
    ends = [match.end() for match in _WORD.finditer(text, start, span[1])][:3]
    return next((person for end in reversed(ends) if (person := telling.named_at((start, end)))), None)


def in_a_clause_within(text: str, span: Span, cue: int) -> bool:
    """Whether a cue stands in a relative or adverbial clause of a span: « perdre une mission que j’aime » is no liking that frightens."""
    french = load_french()
    words = [word for word, _ in _tokens(text, (span[0], cue))]
    for n, word in enumerate(words[1:], start=1):
        if word in french["within"] and words[n - 1] != "ce":
            return True
        if word in french["that"] and n >= 2 and words[n - 1] not in french["contents"] and _noun_after(words[n - 2]):
            return True
    return False


def _noun_after(word: str) -> bool:
    return word in _class("determiners") or word in _class("possessives")


def owner(telling: Telling, span: Span) -> Person | None:
    """Whom the first possessive of a part names that names anybody: « mon atelier »."""
    possessives = (at for word, at in _tokens(telling.narrative.text, span) if word in _class("possessives"))
    return next((person for at in possessives if (person := telling.named_at(at))), None)


def is_content(text: str, span: Span) -> bool:
    """Whether a span is what a feeling is about, with « que » or as « de » and an infinitive; not what happened: « quand il a crié »."""
    before = [word for word, _ in _tokens(text, (max(0, span[0] - 20), span[0]))]
    first = next((word for word, _ in _tokens(text, span) if word not in _class("object_clitics")), "")
    if not before:
        return False
    return before[-1] in load_french()["that"] or (before[-1] in ("de", "d'") and _INFINITIVE.fullmatch(first[-3:]) is not None)
