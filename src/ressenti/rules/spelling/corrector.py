"""From a reading with slips to one as it was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.spelling.capitals import lower_capitals
from ressenti.rules.spelling.context import EDGE, Context
from ressenti.rules.spelling.edits import Edit, apply
from ressenti.rules.spelling.forms import choose
from ressenti.rules.spelling.lexicon import Lexicon
from ressenti.rules.spelling.repair import Repair
from ressenti.rules.spelling.words import Written, begins, words
from ressenti.rules.spelling.writings import Meant, load_writings
from ressenti.rules.text import Reading
from ressenti.rules.words import load_words

_FULL = {"j'": "je ", "d'": "de ", "l'": "le ", "m'": "me ", "t'": "tu ", "s'": "se ", "c'": "ce ", "n'": "ne ", "qu'": "que "}
"""Elided words that are heard before a consonant too: « j'vais », « d'la »."""
_CONSONANTS = frozenset("bcdfgjklmnpqrstvxz")
_SUBJECTS = load_words()["subjects_before_te"]
_SPOKEN = 0.95
_REACH = 5
"""Words on each side that a rule may look at."""


class Corrector:
    """Reads what is misspelt as it was meant, where that is sure enough.

    Args:
        entries: The vocabulary whose words are known.
        seen: Whether a writing is in use, for a parser knows many; without it no word is taken for another that differs by a letter.
    """

    def __init__(self, entries: Iterable[Entry], seen: Callable[[str], bool] = lambda word: True) -> None:
        entries = list(entries)
        terms = {fold(entry.term) for entry in entries}  # « jpp » may be an entry of its own
        writings = {written: meant for written, meant in load_writings().items() if written not in terms}
        self.lexicon = Lexicon(entries, writings)
        self.context = Context(self.lexicon)
        self._repair = Repair(self.lexicon, writings, seen)
        self._writings = writings

    def __call__(self, reading: Reading) -> Reading:
        """The reading as it was meant; the same one when nothing in it is misspelt."""
        text = lower_capitals(reading.text, self._is_word)
        if text != reading.text:
            reading = Reading(text, reading.offsets, reading.corrections, reading.inside)
        return apply(reading, self.edits(text))

    def _is_word(self, word: str) -> bool:
        return word in self.lexicon or self._repair(word) is not None

    def edits(self, text: str) -> list[Edit]:
        """What there is to correct in a text, in order."""
        edits: list[Edit] = []
        for clause in _clauses(text):
            edits += self._clause(text, clause)
        return edits

    def _clause(self, text: str, clause: Sequence[Written]) -> list[Edit]:
        edits: list[Edit] = []
        meant = self._joined(clause)
        by_word = self.context.by_word
        if not any(meant) and not any(word.low in by_word for word in clause):
            return edits
        before: list[str] = [EDGE]
        for i, word in enumerate(clause):
            one = meant[i]
            hyphen = text[word.start - 1 : word.start] == "-"
            if one is None and word.low not in by_word:
                before.append(f"-{word.low}" if hyphen else word.low)
                continue
            if one is _NOTHING:  # said already by the word before
                continue
            behind, ahead = before[: -_REACH - 1 : -1], self._ahead(clause, meant, i)
            sure, kind, written, end = 1.0, "", word.low, word.end
            if one is not None and self._may(text, word, one, ahead):
                if i + 1 < len(clause) and meant[i + 1] is _NOTHING:
                    end = clause[i + 1].end
                sure, kind, written = one.sure, one.kind, one.words
                if one.others:
                    written, certainty = choose(self.lexicon, (one.words, *one.others), behind, ahead)
                    sure *= certainty
            parts = _parts(written)
            if len(parts) == 1 and not hyphen and text[end : end + 1] != "-":
                found = self.context.meant(parts[0], behind, ahead)
                if found is not None:
                    sure, kind = sure * found[1], kind or "grammar"
                    written, parts = found[0], _parts(found[0])
            if kind:
                edits.append(Edit(word.start, end, _cased(text[word.start : word.end], written), kind, sure))
            if hyphen:
                parts[0] = f"-{parts[0]}"
            before += parts
        return edits

    def _joined(self, clause: Sequence[Written]) -> list[Meant | None]:
        """What each word was meant to be by itself; where two are read as one (« p'tit ») the second is meant to be nothing."""
        found: list[Meant | None] = []
        kinds = self.lexicon.kinds
        for i, word in enumerate(clause):
            if found and i and (before := found[-1]) is not None and before is self._writings.get(clause[i - 1].low + word.low):
                found.append(_NOTHING)
                continue
            if not word.low.endswith("'"):
                found.append(None if word.low in kinds else self._repair(word.low))
                continue
            following = clause[i + 1] if i + 1 < len(clause) and clause[i + 1].start == word.end else None
            one = self._writings.get(word.low)
            if following is not None:
                one = self._writings.get(word.low + following.low, one)
                if one is None and word.low in _FULL and following.low[0] in _CONSONANTS and len(following.low) > 1:
                    full = _FULL[word.low]
                    if word.low == "t'" and (self.lexicon.is_a(following.low, "infinitive") or (i and clause[i - 1].low in _SUBJECTS)):
                        full = "te "
                    one = Meant(full, "spoken", _SPOKEN)
            found.append(one)
        return found

    def _ahead(self, clause: Sequence[Written], meant: Sequence[Meant | None], i: int) -> list[str]:
        ahead: list[str] = []
        for k in range(i + 1, min(i + 1 + _REACH, len(clause))):
            one = meant[k]
            ahead += [clause[k].low] if one is None else _parts(one.words)
        return [*ahead, EDGE]

    def _may(self, text: str, word: Written, meant: Meant, ahead: Sequence[str]) -> bool:
        """Whether a word may be corrected: names and abbreviations are not, and single letters only inside a clause."""
        written = text[word.start : word.end]
        if len(written) == 1 and (
            ahead[0] == EDGE or text[word.end] != " " or text[max(word.start - 2, 0) : word.start].rstrip()[-1:].isdigit()
        ):
            return False
        if written.islower() or not any(map(str.isupper, written)):
            return not text[max(word.start - 2, 0) : word.start].strip().isdigit() or len(written) > 2
        if len(written) > 1 and written.isupper():
            return meant.kind == "accents" and len(written) > 3
        if meant.kind == "spoken" and meant.words in _FULL.values():
            return text[word.end : word.end + 1].islower()
        return meant.kind != "letters" and written[1:] == written[1:].lower() and begins(text, word.start)


def _parts(words: str) -> list[str]:
    """« j'ai » is « j' » and « ai »."""
    return words.replace("'", "' ").split()


_NOTHING = Meant("", "", 1.0)


def _clauses(text: str) -> Iterable[list[Written]]:
    """The words of a text by stretches with nothing but blanks, hyphens or apostrophes between."""
    clause: list[Written] = []
    for word in words(text):
        if clause and (word.start > clause[-1].end and text[clause[-1].end : word.start] not in _TOGETHER):
            yield clause
            clause = []
        clause.append(word)
    if clause:
        yield clause


_TOGETHER = frozenset((" ", "-", "  "))


def _cased(written: str, meant: str) -> str:
    return meant[0].upper() + meant[1:] if written[0].isupper() and not (len(written) > 1 and written.isupper()) else meant
