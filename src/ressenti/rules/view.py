"""What a path starts from: a trigger in its sentence, among the other mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Hit


@dataclass(slots=True)
class View:
    """A trigger as paths see it.

    Attributes:
        s: The parsed sentence.
        head: Token of the trigger that inflects.
        tail: Where complements of the trigger are looked for from: its last token when it is a verb or a fixed phrase, else its head.
        first: First token of the trigger.
        last: Its last token.
        others: The other mentions of the sentence, in reading order.
    """

    s: Sentence
    head: int
    tail: int
    first: int
    last: int
    others: Sequence[Hit] = ()


def view(s: Sentence, hit: Hit, mentions: Sequence[Hit] = ()) -> View:
    """What paths see from an entry found in a sentence, among the mentions of the sentence."""
    tail = hit.all[-1] if hit.entry.pos in ("VERB", "PHRASE") else hit.head
    if tail > hit.all[0] and s.is_a(tail, "prepositions"):
        tail -= 1  # « crier sur », « s'en prendre à »: the complement starts with the term's last word
    return View(s, hit.head, tail, hit.all[0], hit.all[-1], [m for m in mentions if m is not hit] if len(mentions) > 1 else ())


def view_of_word(s: Sentence, i: int, mentions: Sequence[Hit] = ()) -> View:
    """What paths see from a single token."""
    return View(s, i, i, i, i, [m for m in mentions if i not in m.all])
