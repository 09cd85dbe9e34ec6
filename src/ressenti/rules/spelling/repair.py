"""What a word that is no French word was meant to be, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher

from ressenti.rules.spelling.lexicon import LONG, Lexicon, plain
from ressenti.rules.spelling.writings import Meant
from ressenti.rules.words import load_words

SURE = {
    "accents": 0.97,
    "apostrophe": 0.96,
    "spoken": 0.97,
    "lengthened": 0.97,
    "silent": 0.9,
    "doubled": 0.93,
    "sound": 0.85,
    "letters": 0.8,
}
"""How sure each way of reading a word is, where the table of writings does not say."""

MOST = 40
"""Letters of the longest word that is looked at."""

_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_FRENCH = re.compile("[a-zàâäéèêëîïôöùûüçœæ]+")
_CONSONANT = "bcdfgjklmnpqrstvxz"
_ELIDED = re.compile(r"(qu|[jlmtsdnc])(?=[aeiouyhàâéèêëîïôûùœ])")
_BEFORE = {
    "j": ("finite",),
    "m": ("finite", "infinitive", "gerund"),
    "t": ("finite", "infinitive", "gerund"),
    "s": ("finite", "infinitive", "gerund"),
    "n": ("finite", "gerund"),
    "l": ("noun", "adjective", "finite", "infinitive", "gerund"),
    "d": ("noun", "infinitive", "adjective"),
    "qu": (),
    "c": (),
}
"""What an elided word may stand before, by its letter."""
_ALSO = {letter: load_words()[f"after_elided_{letter}"] for letter in _BEFORE}
"""Further words that it may stand before."""


class Repair:
    """Says what single words were meant to be.

    Args:
        lexicon: The words that are right as they stand, and those that a word may be meant for.
        writings: What people write for what, see :func:`ressenti.rules.spelling.writings.load_writings`.
        seen: Whether a writing is in use; one that is will not be taken for another word that differs by a letter.
    """

    def __init__(self, lexicon: Lexicon, writings: Mapping[str, Meant], seen: Callable[[str], bool]) -> None:
        self._lexicon = lexicon
        self._writings = writings
        self._seen = seen
        self._memo: dict[str, Meant | None] = {}

    def __call__(self, word: str) -> Meant | None:
        """What a word was meant to be; None when it is right as it stands, or nobody knows.

        Args:
            word: In lower case.
        """
        if word in self._lexicon.kinds:
            return None
        if word not in self._memo:
            if len(self._memo) > 50_000:
                self._memo.clear()
            self._memo[word] = self._repair(word)
        return self._memo[word]

    def _repair(self, word: str) -> Meant | None:
        if word in self._writings:
            return self._writings[word]
        if word in self._lexicon.friends or not 2 < len(word) <= MOST:
            return None
        return (
            self._accents(word)
            or self._lengthened(word)
            or self._said(word)
            or self._elided(word)
            or self._silent(word)
            or self._letters(word)
        )

    def _accents(self, word: str) -> Meant | None:
        bare = plain(word)
        if bare == word and word in self._lexicon:
            return None
        forms = self._lexicon.accented.get(bare)
        if forms and word[-1] == "è":
            forms = tuple(form for form in forms if form[-1] == "é")
        return Meant(forms[0], "accents", SURE["accents"], forms[1:]) if forms else None

    def _lengthened(self, word: str) -> Meant | None:
        """« trooop », « jeeee »."""
        if not _LENGTHENED.search(word):
            return None
        for by in (r"\1", r"\1\1"):
            short = _LENGTHENED.sub(by, word)
            if short in self._lexicon:
                return Meant(short, "lengthened", SURE["lengthened"])
            if (len(short) > 2 or short in self._writings) and (meant := self._repair(short)):
                return Meant(meant.words, meant.kind, meant.sure * SURE["lengthened"], meant.others)
        return None

    def _said(self, word: str) -> Meant | None:
        """« jmonte », « jlui », « jtadore »: *je* said as one consonant; no French word begins so."""
        if word[0] != "j" or word[1] not in _CONSONANT:
            return None
        rest = self._known(word[1:], lambda form: self._lexicon.is_a(form, "finite", "past") or form in _CLITICS)
        return None if rest is None else Meant(f"je {rest.words}", "spoken", rest.sure * SURE["spoken"], _each("je ", rest.others))

    def _elided(self, word: str) -> Meant | None:
        """« lorage », « jaime », « menerve »."""
        match = _ELIDED.match(word)
        if match is None:
            return None
        letter = match[1]
        kinds, also = _BEFORE[letter], _ALSO[letter]
        rest = self._known(word[match.end() :], lambda form: form in also or (len(form) > 2 and self._lexicon.is_a(form, *kinds)))
        if rest is None:
            return None
        return Meant(f"{letter}'{rest.words}", "apostrophe", rest.sure * SURE["apostrophe"], _each(f"{letter}'", rest.others))

    def _known(self, word: str, fits: Callable[[str], bool]) -> Meant | None:
        """A part of a word: itself, or with its accents."""
        if fits(word):
            return Meant(word, "", 1.0)
        forms = [form for form in self._lexicon.accented.get(plain(word), ()) if fits(form)]
        return Meant(forms[0], "accents", SURE["accents"], tuple(forms[1:])) if forms else None

    def _silent(self, word: str) -> Meant | None:
        """« voyai », « alor »: the last letter, which is not heard, is missing."""
        if len(word) > 3 and _FRENCH.fullmatch(word):
            for form in (word + letter for letter in "stx"):
                if self._lexicon.kinds.get(form, _PAST) - _PAST:
                    return Meant(form, "letters", SURE["silent"])
        return None

    def _letters(self, word: str) -> Meant | None:
        """« colaire », « ennervé », « tristese »: a word of emotion with a letter wrong."""
        if len(word) < 4 or not _FRENCH.fullmatch(word):
            return None
        if forms := _nearest(word, self._lexicon.doubled(word)):
            return Meant(forms[0], "letters", SURE["doubled"], tuple(forms[1:]))
        if len(word) < LONG - 1:
            return None
        if forms := _nearest(word, (form for form in self._lexicon.sounding(word) if alike(form, word))):
            return Meant(forms[0], "letters", SURE["sound"], tuple(forms[1:]))
        if len(word) >= LONG and not self._seen(word) and (forms := _nearest(word, self._lexicon.one_off(word))):
            return Meant(forms[0], "letters", SURE["letters"], tuple(forms[1:]))
        return None


_PAST = frozenset({"past"})
_CLITICS = load_words()["clitics_after_j"]


def _each(before: str, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(before + word for word in words)


def _nearest(word: str, forms: Iterable[str]) -> list[str]:
    """Of the forms a word may be, those that end as it does: « tristeses » is a plural; none when they are many."""
    found = sorted(forms)
    for same in (lambda form: form[-1] == word[-1], lambda form: plain(form)[-1] == plain(word)[-1]):
        found = [form for form in found if same(form)] or found
    return found if len(found) < 3 else []


def alike(a: str, b: str) -> bool:
    """Whether two words share so many letters in the same order that one may stand for the other."""
    return SequenceMatcher(None, plain(a), plain(b), autojunk=False).ratio() >= 0.75
