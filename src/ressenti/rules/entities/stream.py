"""An account as one row of words, for who is who goes on across sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ressenti.rules.account import Account
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.schema import Span

ENDS = frozenset({".", "!", "?", "…", "...", "!!", "!!!", "??", "?!"})
"""Marks that end a sentence."""
_MARKS = STOPS | frozenset({",", "(", ")", "—", "–", "-", '"', "“", "”", "[", "]"})


_OPENING = STOPS | frozenset({"—", "–", "-", '"', "“", "("})
"""After what everything is written with a capital."""


@lru_cache(1 << 14)
def _is_mark(form: str) -> bool:
    return form in _MARKS or not any(map(str.isalnum, form))


Place = tuple[int, int]
"""Where a word stands in an account: see :func:`place`."""


def place(s: Sentence, i: int) -> Place:
    """What tells token ``i`` of a sentence from all others of its account, whether its sentences share a ``Doc`` or have one each."""
    return s.start, s.first + i


@dataclass(slots=True)
class Stream:
    """The words of an account in one row.

    Attributes:
        forms: Folded forms; the hyphen of an inverted pronoun (« dit-il », « a-t-il ») is left out.
        texts: As written.
        sentences: The sentences.
        number: For each word the number of its sentence.
        index: Its index there.
        parsed: Whether its sentence is parsed.
        starts: Offset in the reading, without the hyphen of an inverted pronoun.
        ends: Offset of its end.
        inverted: Whether the word hangs on the one before by a hyphen.
        line: Whether the word opens a line.
    """

    forms: list[str]
    texts: list[str]
    sentences: Sequence[Sentence]
    number: list[int]
    index: list[int]
    parsed: Sequence[bool]
    starts: list[int]
    ends: list[int]
    inverted: list[bool]
    line: list[bool]

    def __len__(self) -> int:
        return len(self.forms)

    def form(self, k: int) -> str:
        """Form of word ``k``, empty outside the text."""
        return self.forms[k] if 0 <= k < len(self.forms) else ""

    def at(self, k: int) -> tuple[Sentence, int]:
        """The sentence of word ``k`` and its index there."""
        return self.sentences[self.number[k]], self.index[k]

    def pos(self, k: int) -> str:
        """Part of speech of word ``k`` where its sentence is parsed, else (and outside the text) empty."""
        if not 0 <= k < len(self.forms):
            return ""
        number = self.number[k]
        return self.sentences[number].pos(self.index[k]) if self.parsed[number] else ""

    def same_sentence(self, a: int, b: int) -> bool:
        """Whether two words exist and stand in one sentence."""
        return min(a, b) >= 0 and max(a, b) < len(self.forms) and self.number[a] == self.number[b]

    def is_mark(self, k: int) -> bool:
        """Whether ``k`` is punctuation, or outside the text."""
        return not 0 <= k < len(self.forms) or _is_mark(self.forms[k])

    def opens(self, k: int) -> bool:
        """Whether word ``k`` opens its sentence, a quotation or a line, where everything is written with a capital."""
        return k == 0 or self.number[k - 1] != self.number[k] or self.line[k] or self.forms[k - 1] in _OPENING

    def capital(self, k: int) -> bool:
        """Whether word ``k`` is written as a name is."""
        text = self.texts[k] if 0 <= k < len(self.texts) else ""
        return len(text) > 1 and text[0].isupper() and text[1].islower()

    def span(self, first: int, last: int) -> Span:
        """Offsets in the reading from one word to another, both included."""
        return self.starts[first], self.ends[last]


def stream(account: Account) -> Stream:
    """Put the words of an account in one row; blank tokens are left out."""
    forms: list[str] = []
    texts: list[str] = []
    number: list[int] = []
    index: list[int] = []
    starts: list[int] = []
    for n, s in enumerate(account.sentences):
        start = s.start
        if not any(map(str.isspace, s.texts)):
            forms += s.forms
            texts += s.texts
            number += [n] * len(s.texts)
            index += range(len(s.texts))
            starts += [start + token.idx for token in s.tokens]
            continue
        kept = [i for i, text in enumerate(s.texts) if not text.isspace()]
        forms += [s.forms[i] for i in kept]
        texts += [s.texts[i] for i in kept]
        number += [n] * len(kept)
        index += kept
        starts += [start + s.tokens[i].idx for i in kept]
    ends = [start + len(text) for start, text in zip(starts, texts, strict=True)]
    line = _lines(account.reading.text, starts, ends)
    inverted = [False] * len(forms)
    for k, form in enumerate(forms):
        if form[:1] != "-":
            continue
        if len(form) > 1:
            cut = form.rindex("-") + 1
            forms[k] = form[cut:]
            starts[k] += cut
            inverted[k] = inverted[k] or cut > 0
        elif 0 < k < len(forms) - 1 and ends[k - 1] == ends[k] - 1 and starts[k + 1] == ends[k]:  # « figure-toi »
            inverted[k + 1] = True
    # Where nobody feels anything the words alone tell the characters, with the gate before the parser and without
    parsed = account.parsed if any(account.found) else [False] * len(account.parsed)
    return Stream(forms, texts, account.sentences, number, index, parsed, starts, ends, inverted, line)


def _lines(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[bool]:
    """For each word whether it opens a line of the text."""
    line = [False] * len(starts)
    line[:1] = [True] * bool(line)
    at = text.find("\n")
    while at >= 0:
        k = bisect_right(starts, at)
        if k == len(starts):
            break
        if k and ends[k - 1] <= at:
            line[k] = True
        at = text.find("\n", at + 1)
    return line
