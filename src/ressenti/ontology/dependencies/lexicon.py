"""Which single French words name an emotion: the look-up that the methods on texts and on definitions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, cast

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold, inflect
from ressenti.ontology.vocabulary import Entry, load_vocabulary

Pos = Literal["NOUN", "ADJ"]


@cache
def french_words() -> Mapping[str, str]:
    """Every form of the nouns and adjectives that name an emotion, to that emotion's key.

    Left out are terms of several words, adjectives said of what provokes the emotion (« un film effrayant »), and words that say
    two emotions, unless only one of them stands without a condition that something be near. Other conditions are not asked: they
    keep apart uses that do not stand beside the name of another emotion.
    """
    words: dict[str, list[Entry]] = {}
    for entry in load_vocabulary():
        if entry.pos in ("NOUN", "ADJ") and is_name(entry) and entry.term.isalpha():
            for form in inflect(entry.term, cast(Pos, entry.pos)):
                words.setdefault(fold(form.text), []).append(entry)
    return {form: emotion for form, entries in words.items() if (emotion := _emotion(entries)) is not None}


def is_name(entry: Entry) -> bool:
    """Whether the term by itself names the emotion: not its cause (« effrayant »), nor what its negation says (« pas tranquille »)."""
    return entry.mode == "labelled" and entry.construction != "adj-stimulus" and not entry.only_negated


def _emotion(entries: Sequence[Entry]) -> str | None:
    anywhere = {entry.emotion for entry in entries if not any(condition.wanted for condition in entry.conditions)}
    named = anywhere or {entry.emotion for entry in entries}
    return named.pop() if len(named) == 1 else None


def english_words(emotions: Emotions) -> dict[str, str]:
    """English labels of one word, to the emotion's key."""
    return {label: key for key, emotion in emotions.items() if (label := emotion.labels["en"]).isalpha()}
