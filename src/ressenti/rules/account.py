"""An account on its way through the rules: its reading, its sentences, and what was found in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ressenti.rules.found import Found
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import Reading
from ressenti.schema import Component, Span


@dataclass(slots=True)
class Account:
    """What the passes of the annotator share; each reads it and adds what it is for.

    Attributes:
        reading: The text as the parser reads it, with the way back to the text as given.
        sentences: Its sentences, tokenised; those where ``parsed`` is true are parsed too.
        parsed: For each sentence whether it is parsed: those in which something may be felt, or all.
        found: For each sentence its mentions, in reading order.
        given: Components that the writer of a guided narrative answered, with their spans in the text as given.
    """

    reading: Reading
    sentences: Sequence[Sentence]
    parsed: Sequence[bool]
    found: list[list[Found]] = field(default_factory=list)
    given: Sequence[Component] = ()

    def original(self, sentence: Sentence, first: int, last: int) -> Span:
        """Offsets in the text as given of the stretch from one token to another, both included."""
        start, end = sentence.span(first, last)
        form = sentence.forms[first]
        if first == last and form.startswith("-") and form != "-":  # « -je »: the clitic without its hyphen
            start += form.rindex("-") + 1
        return self.reading.original(start, end)
