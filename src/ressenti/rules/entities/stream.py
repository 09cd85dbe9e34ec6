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


@dataclass(slots=True)
class Stream:
    """The words of an account in one row.

    Attributes:
        forms: Folded forms; the hyphen of an inverted pronoun (« dit-il », « a-t-il ») is left out.
        texts: As written.
        at: For each word its sentence and its index there.
        number: Number of its sentence.
        parsed: Whether its sentence is parsed.
        spans: Offsets in the reading, without the hyphen of an inverted pronoun.
        inverted: Whether the word hangs on the one before by a hyphen.
        line: Whether the word opens a line.
    """

    forms: list[str]
    texts: list[str]
    at: list[tuple[Sentence, int]]
    number: list[int]
    parsed: Sequence[bool]
    spans: list[Span]
    inverted: list[bool]
    line: list[bool]

    def __len__(self) -> int:
        return len(self.forms)

    def form(self, k: int) -> str:
        """Form of word ``k``, empty outside the text."""
        return self.forms[k] if 0 <= k < len(self.forms) else ""

    def pos(self, k: int) -> str:
        """Part of speech of word ``k`` where its sentence is parsed, else empty."""
        s, i = self.at[k]
        return s.pos(i) if self.parsed[self.number[k]] else ""

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
        return self.spans[first][0], self.spans[last][1]


def stream(account: Account) -> Stream:
    """Put the words of an account in one row; blank tokens are left out."""
    row = Stream([], [], [], [], account.parsed, [], [], [])
    text, end = account.reading.text, 0
    for number, s in enumerate(account.sentences):
        for i, token in enumerate(s.tokens):
            if token.is_space:
                continue
            start, stop = s.span(i, i)
            form = s.forms[i]
            cut = form.rindex("-") + 1 if form.startswith("-") and len(form) > 1 else 0
            after_hyphen = bool(row.forms) and row.forms[-1] == "-" and start == end and len(row.forms) > 1 and row.spans[-2][1] == end - 1
            row.forms.append(form[cut:])
            row.texts.append(token.text)
            row.at.append((s, i))
            row.number.append(number)
            row.spans.append((start + cut, stop))
            row.inverted.append(cut > 0 or after_hyphen)
            row.line.append(not row.spans[:-1] or "\n" in text[end:start])
            end = stop
    return row
