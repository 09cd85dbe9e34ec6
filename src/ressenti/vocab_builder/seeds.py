"""The accepted terms that sources start from, and what the vocabulary knows already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold, inflect
from ressenti.ontology.vocabulary import Entry

_NARROWING = frozenset({"followed by", "preceded by", "with verb", "beside", "negated", "alone", "exclaimed", "conditional"})
"""Conditions without which the term says no emotion, or another one: it is no seed; nor is a verb with a concrete sense."""
_MOST = 40
"""Ways to write a term with alternatives that are looked at."""
_LIGHT = re.compile(
    r"(?:(?:être|devenir|rester|demeurer|paraître|sembler|sentir|se sentir|avoir|ressentir|éprouver|rendre|mettre|faire|donner"
    r"|porter|prendre|foutre|ficher|flanquer)\s(?:(?:en|au|aux|dans)\s)?)?"
    r"(?:(?:un|une|le|la|les|des|de la|du)\s|l['’])?"
)
"""What may stand before a known term and adds nothing: « faire peur », « avoir le cafard », « être au désespoir »."""


@dataclass(frozen=True, slots=True, order=True)
class Seed:
    """A term that names an emotion, as accepted.

    Attributes:
        term: In plain words, without the marks of the vocabulary's table.
        pos: One of the vocabulary's parts of speech.
        emotion: Key of its emotion.
        construction: As in the vocabulary.
    """

    term: str
    pos: str
    emotion: str
    construction: str = ""


def written(term: str) -> Iterator[str]:
    """The ways in which a term of the table is written in plain words: « rouge|blanc de colère » is two, « jeter … par terre » none."""
    if "…" in term or " + " in term:
        return
    words = [re.sub(r"/[NVAD]\b", "", word).strip("[]").split("|") for word in term.split()]
    for choice in islice(product(*words), _MOST):
        yield re.sub(r"(?<=['’]) ", "", " ".join(choice))


def participle(verb: str) -> str:
    """The past participle of a verb, masculine singular; empty where none is known or none agrees (« plu »)."""
    try:
        forms = {form.features: form.text for form in inflect(verb, "VERB")}
    except ValueError:
        return ""
    past = "VerbForm=Part|Tense=Past|Gender={}|Number=Sing"
    return forms.get(past.format("Masc"), "") if past.format("Fem") in forms else ""


def seeds(entries: Iterable[Entry], emotions: Emotions) -> list[Seed]:
    """The terms that name an emotion: the labels of the emotions, what is labelled in the vocabulary, and the participles of its verbs.

    A term that says its emotion only beside certain words (« inutile » with *se sentir*) is left out: its synonyms would say nothing.

    Returns:
        Sorted, without repetition.
    """
    found = {Seed(emotion.labels["fr"], "NOUN", key, "noun-cause") for key, emotion in emotions.items()}
    for entry in entries:
        if entry.mode != "labelled" or any(c.wanted and (c.kind in _NARROWING or "close" in c.values) for c in entry.conditions):
            continue
        for term in written(entry.term):
            found.add(Seed(term, entry.pos, entry.emotion, entry.construction))
            if entry.construction in ("obj", "pron-cause", "pron-target") and (adjective := participle(term)):
                found.add(Seed(adjective, "ADJ", entry.emotion, "adj-cause"))
    return sorted(found)


class Known:
    """What the vocabulary has already.

    Args:
        entries: All of it, of every mode: a term that says an emotion by a gesture is not proposed as its name.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._keys: set[tuple[str, str]] = set()
        for entry in entries:
            for term in written(entry.term):
                term = fold(term)
                pos = "ADJ" if entry.pos == "PHRASE" else entry.pos
                self._keys.add((term, pos))
                if pos == "VERB" and (adjective := participle(term)):
                    self._keys.add((adjective, "ADJ"))
        self._terms = {term for term, _ in self._keys}

    def __contains__(self, candidate: object) -> bool:
        """Whether a pair of term and part of speech is there, or only adds a light verb to what is: « avoir peur », « être déçu »."""
        if not isinstance(candidate, tuple):
            return False
        term, pos = fold(candidate[0]), "ADJ" if candidate[1] == "PHRASE" else candidate[1]
        if (term, pos) in self._keys:
            return True
        light = _LIGHT.match(term)
        return light is not None and light.end() > 0 and term[light.end() :] in self._terms
