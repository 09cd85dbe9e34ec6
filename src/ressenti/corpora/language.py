"""A light guess at the language of an account, by its function words: enough to warn that it is not French."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ressenti.ontology.tables import read_table

WORDS = Path(__file__).parent / "data" / "function_words.tsv"
"""Our own list: the frequent function words of each language; of French also those of Québec and of text messages."""

ENOUGH = 8
"""So many function words make a guess; with fewer, a name or a quotation would decide."""

_SHARE = 0.2
# How much more must speak for another language than for French: in an account one quotes songs, films and managers.
_LEAD = 1.5
_SAMPLE = 6_000
_SCRIPTS = {
    "CYRILLIC": "Cyrl", "ARABIC": "Arab", "GREEK": "Grek", "HEBREW": "Hebr", "CJK": "Hani", "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan", "HANGUL": "Kore", "DEVANAGARI": "Deva", "THAI": "Thai", "ARMENIAN": "Armn", "GEORGIAN": "Geor",
}  # fmt: skip
# An elided word keeps its apostrophe: « l’ » is French or Italian, « don’ » is English.
_WORD = re.compile(r"[^\W\d_]+['’ʼ]?")


def guess(text: str) -> str | None:
    """The language of a text.

    Args:
        text: Of a long one the beginning, the middle and the end are looked at.

    Returns:
        ``fr``, ``en``, ``es``, ``de``, ``it``, ``pt``, ``nl``; ``und-Cyrl`` and the like for a script other than
        Latin; None where too little speaks for any of them.
    """
    words = [word.replace("’", "'").replace("ʼ", "'") for word in _WORD.findall(_sample(text))]
    if script := _script("".join(words[:400])):
        return f"und-{script}"
    known, counts = _known(), Counter(words)
    scores: defaultdict[str, float] = defaultdict(float)
    hits: Counter[str] = Counter()
    for word, count in counts.items():
        languages = known.get(word, ())
        for language in languages:
            hits[language] += count
            scores[language] += count / len(languages)
    if not scores:
        return None
    best = max(scores, key=lambda language: (scores[language], language == "fr"))
    if hits[best] < ENOUGH or hits[best] < _SHARE * len(words):
        return None
    return best if best == "fr" or scores[best] >= _LEAD * scores["fr"] else None


def name(language: str) -> str:
    """What a language of :func:`guess` is called in English."""
    script = language.partition("-")[2]
    if script:
        known = {"Jpan": "Japanese", "Hani": "Chinese characters", "Kore": "Korean"}
        return known.get(script) or next(name for name, short in _SCRIPTS.items() if short == script).capitalize() + " script"
    return _names()[language]


@cache
def function_words(language: str) -> frozenset[str]:
    """The function words of a language of :func:`guess`, in lower case."""
    return frozenset(word for word, languages in _known().items() if language in languages)


def _sample(text: str) -> str:
    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))
    return unicodedata.normalize("NFC", text).casefold()


def _script(letters: str) -> str | None:
    """The script of most letters, when it is not Latin."""
    scripts = Counter(unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in letters)
    others = {script: count for script, count in scripts.items() if script in _SCRIPTS}
    if not others or sum(others.values()) < max(ENOUGH, len(letters) / 2):
        return None
    # One kana among the ideograms makes it Japanese.
    return "Jpan" if others.keys() & {"HIRAGANA", "KATAKANA"} else _SCRIPTS[max(others, key=lambda script: others[script])]


@cache
def _table() -> list[Mapping[str, str]]:
    return [row for _, row in read_table(WORDS, ("language", "name", "words"))]


@cache
def _names() -> Mapping[str, str]:
    return {row["language"]: row["name"] for row in _table()}


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """The languages that have a word among their function words."""
    languages: dict[str, tuple[str, ...]] = {}
    for row in _table():
        for word in row["words"].split():
            languages[word] = (*languages.get(word, ()), row["language"])
    return languages
