"""What verb forms can be, known from conjugation instead of guessed by the parser.

The parser takes rare verbs for adjectives, nouns or participles (« Ce bruit anéantit mon père », « Cette nouvelle me contente »); the
conjugation of the verbs that the vocabulary and the word classes name tells finite forms, participles and infinitives apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ressenti.ontology.morphology import Form, fold, inflect
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.syntax.verbs import looks_like_infinitive

NOTHING: frozenset[str] = frozenset()


def kinds(form: str) -> frozenset[str]:
    """What a folded form of a known verb can be.

    Returns:
        Some of ``finite``, ``infinitive``, ``participle`` (the past one), ``gerund``; empty for a form of no known verb.
    """
    return _forms().get(form, NOTHING)


def only_finite(form: str) -> bool:
    """Whether the form is a finite form of a known verb and nothing else a verb can be."""
    return kinds(form) == {"finite"}


@cache
def _forms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lemma in sorted(set(_lemmas())):
        for form in _inflected(lemma):
            kind = (
                "infinitive" if form.features == "VerbForm=Inf"
                else "gerund" if form.features.startswith("VerbForm=Part|Tense=Pres")
                else "participle" if form.features.startswith("VerbForm=Part")
                else "finite"
            )  # fmt: skip
            found.setdefault(fold(form.text), set()).add(kind)
    return {form: frozenset(kinds_) for form, kinds_ in found.items()}


def _inflected(lemma: str) -> tuple[Form, ...]:
    try:
        return inflect(lemma, "VERB")
    except ValueError:
        return ()  # a noun that ends like an infinitive: « prendre du plaisir »


def _lemmas() -> Iterator[str]:
    """The verbs of the vocabulary, those of its phrases too (« prendre » of « prendre peur »)."""
    for entry in load_vocabulary():
        if entry.pos == "VERB":
            words = entry.term.replace("[", "").replace("]", "").split()
            first = next((word for word in words if looks_like_infinitive(fold(word))), "")
            yield from first.split("|") if first else ()
