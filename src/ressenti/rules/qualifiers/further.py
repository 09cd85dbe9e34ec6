"""What qualifies a mention beyond its sentence's words: how it was typed, and the company it stands in."""

from __future__ import annotations

from ressenti.rules.account import Account
from ressenti.rules.found import Found
from ressenti.rules.qualifiers.classes import is_one
from ressenti.rules.qualifiers.irony import doubt_ironic
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.sentence import Sentence

_BEFORE = 3
"""Tokens before the cue among which a lengthened degree word may stand."""


def qualify_further(account: Account) -> None:
    """Raise what is typed with lengthened letters, and doubt what may be meant ironically."""
    if account.reading.corrections:
        for s, found in zip(account.sentences, account.found, strict=True):
            for mention in found:
                _raise_lengthened(account, s, mention)
    doubt_ironic(account)


def _raise_lengthened(account: Account, s: Sentence, mention: Found) -> None:
    """« trooop contente », « heureuuuse »: the reading has the plain word, its correction tells that it was lengthened."""
    if mention.intensity == "high" or mention.mode == "displayed" or mention.status == "negated":
        return
    first = mention.hit.all[0]
    degrees = [i for i in range(max(first - _BEFORE, 0), first) if is_one(s, i, "high")]
    for i in (*mention.hit.cue, *degrees):
        if any(c.kind == "lengthened" for c in account.reading.corrected(*s.span(i, i))):
            mention.intensity = "high"
            mention.reasons = [r for r in mention.reasons if r.what != "intensity"]
            mention.reasons.append(Reason("intensity", "high", (i,), "lengthened letters"))
            return
