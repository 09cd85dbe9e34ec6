"""An account as one row of words, for who is who goes on across sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ressenti.rules.account import Account
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.schema import Span

ENDS = frozenset({".", "!", "?", "…", "...", "!!", "!!!", "??", "?!"})
"""Marks that end a sentence."""
_MARKS = STOPS | frozenset({",", "(", ")", "—", "–", "-", '"', "“", "”", "[", "]"})


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
        return not 0 <= k < len(self.forms) or self.forms[k] in _MARKS or not any(c.isalnum() for c in self.forms[k])

    def opens(self, k: int) -> bool:
        """Whether word ``k`` opens its sentence, a quotation or a line, where everything is written with a capital."""
        return k == 0 or self.number[k - 1] != self.number[k] or self.line[k] or self.forms[k - 1] in (*STOPS, "—", "–", "-", '"', "“", "(")

    def capital(self, k: int) -> bool:
        """Whether word ``k`` is written as a name is."""
        text = self.texts[k] if 0 <= k < len(self.texts) else ""
        return len(text) > 1 and text[0].isupper() and text[1:2].islower()

    def span(self, first: int, last: int) -> Span:
        """Offsets in the reading from one word to another, both included."""
        return self.starts[first], self.ends[last]


def stream(account: Account) -> Stream:
    """Put the words of an account in one row; blank tokens are left out."""
    row = Stream([], [], account.sentences, [], [], account.parsed, [], [], [], [])
    text, end = account.reading.text, 0
    for number, s in enumerate(account.sentences):
        for i, token in enumerate(s.tokens):
            written = s.texts[i]
            if written.isspace():
                continue
            start = s.start + token.idx
            form = s.forms[i]
            cut = form.rindex("-") + 1 if form.startswith("-") and len(form) > 1 else 0
            row.inverted.append(cut > 0 or (start == end and _hyphen_before(row)))
            row.line.append(not row.forms or (start > end and "\n" in text[end:start]))
            row.forms.append(form[cut:])
            row.texts.append(written)
            row.number.append(number)
            row.index.append(i)
            row.starts.append(start + cut)
            end = start + len(written)
            row.ends.append(end)
    return row


def _hyphen_before(row: Stream) -> bool:
    """Whether the last word so far is a hyphen that hangs on the one before it (« figure-toi »)."""
    return len(row.forms) > 1 and row.forms[-1] == "-" and row.ends[-2] == row.ends[-1] - 1
