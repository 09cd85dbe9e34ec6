"""What our own definitions state: an emotion that mixes two others, and one that another, or two together, lead to.

Source: after M. Hearst, *Automatic Acquisition of Hyponyms from Large Text Corpora* (COLING 1992): relations read off fixed wording.
The wording is in ``definition_patterns.tsv``, the definitions are those of ``emotions.tsv``, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.dependencies.lexicon import english_words, french_words
from ressenti.ontology.dependencies.records import Evidence, Keys, canonical
from ressenti.ontology.emotions import LANGUAGES, Emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.tables import read_table

CORPUS = "emotions.tsv"
METHODS = {"composition": "definition-blend", "transition": "definition-cause", "combination": "definition-sum"}
PATTERNS = Path(__file__).with_name("definition_patterns.tsv")
# A word that a hyphen ties to another (« amour-propre ») is not the word itself.
_SLOT = r"(?P<{}>(?<![\w-])(?:{})(?![\w-]))"
_GAP = r"(?:[\w’'-]+ ){0,4}?"


def read_patterns(words: Mapping[str, Iterable[str]], path: Path = PATTERNS) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Language, relation and expression of each pattern.

    Args:
        words: Language tag to the words that may fill a slot.
        path: The table of patterns.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    alternatives = {language: "|".join(sorted(map(re.escape, some), key=len, reverse=True)) for language, some in words.items()}
    for line, row in read_table(path, ("language", "relation", "pattern")):
        language, relation, text = row["language"], row["relation"], row["pattern"]
        if language not in LANGUAGES:
            raise DataError(path, line, f"unknown language {language!r}; write one of {', '.join(LANGUAGES)}")
        if relation not in METHODS:
            raise DataError(path, line, f"unknown relation {relation!r}; write one of {', '.join(METHODS)}")
        slots = ("B",) if relation == "transition" else ("A", "B")
        if any(text.count(f"{{{slot}}}") != 1 for slot in slots):
            raise DataError(path, line, f"a {relation} needs {' and '.join(f'{{{slot}}}' for slot in slots)}, each once")
        for slot in slots:
            text = text.replace(f"{{{slot}}}", _SLOT.format(slot, alternatives[language]))
        try:
            yield language, relation, re.compile(text.replace("… ", _GAP), re.IGNORECASE)
        except re.error as error:
            raise DataError(path, line, f"is no regular expression ({error})") from None


def stated(emotions: Emotions) -> Iterator[Evidence]:
    """Dependencies that the definitions of the emotions state; the support is in how many of the two languages."""
    english = english_words(emotions)
    words = {"fr": french_words(), "en": english | {f"{word}s": key for word, key in english.items()}}
    found: dict[tuple[str, Keys], dict[str, str]] = {}
    for language, relation, pattern in read_patterns(words):
        for key, emotion in emotions.items():
            for match in pattern.finditer(emotion.definitions[language]):
                named = [words[language][fold(word)] for word in match.groups()]
                if _sound(key, named, emotions):
                    keys = (key, *named) if relation == "composition" else (*named, key)
                    found.setdefault((relation, canonical(relation, keys, emotions)), {}).setdefault(language, match[0])
    for (relation, keys), quotes in found.items():
        detail = "; ".join(f"{language}: {quote}" for language, quote in sorted(quotes.items()))
        yield Evidence(relation, keys, METHODS[relation], len(quotes), CORPUS, detail)


def _sound(key: str, named: list[str], emotions: Emotions) -> bool:
    """Different emotions, and none of them a kind of the one that is defined: that would go in a circle."""
    return len(set(named)) == len(named) and not any(key in emotions.lineage(name) for name in named)
