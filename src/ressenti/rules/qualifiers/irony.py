"""Irony: rules cannot read it, but they can hear that a glad word stands in glum company.

« Super, encore un PV. »: a glad exclamation beside a word of weariness, a chore or what makes one angry, sad or afraid. Such a mention
stays what its words say; only its confidence falls, by a factor for each kind of discord.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ressenti.ontology.emotions import load_emotions
from ressenti.rules.account import Account
from ressenti.rules.found import Found
from ressenti.rules.qualifiers.classes import is_one, phrases
from ressenti.rules.sentence import STOPS, Sentence

GLAD = frozenset({"joy", "love"})
EARNEST = frozenset({"relief", "optimism"})
"""Secondary groups that follow upon trouble without irony (« Enfin ! »)."""
_OPENING = 3
"""Tokens of the next sentence that still answer the exclamation (« Génial. Encore un PV. »)."""
FACTOR = 0.5
"""What each kind of discord leaves of the confidence: by judgement, the development narratives hold no irony to measure it on."""


def doubt_ironic(account: Account) -> None:
    """Give glad exclamations in discordant company their doubts (``Found.doubts``)."""
    for n, (s, found) in enumerate(zip(account.sentences, account.found, strict=True)):
        for mention in found:
            if _is_glad(mention) and mention.status == "affirmed" and _exclaims(s, mention):
                mention.doubts |= {f"irony: {sign}": FACTOR for sign in _discord(account, n, mention)}


def _is_glad(mention: Found) -> bool:
    emotions = load_emotions()
    return emotions.primary(mention.emotion) in GLAD and emotions.secondary(mention.emotion) not in EARNEST


def _exclaims(s: Sentence, mention: Found) -> bool:
    """A displayed cue, or a named joy in a short sentence in which nobody says « je » before it (« Le bonheur de nettoyer ça ! »)."""
    if mention.mode == "displayed":
        return any(is_one(s, i, "ironic") for i in mention.hit.all)
    short = next((i for i in range(mention.hit.all[-1], len(s)) if s.forms[i] in STOPS), len(s)) <= 12
    return mention.mode == "labelled" and short and not any(s.is_a(i, "subject_clitics", "first_person") for i in range(mention.hit.all[0]))


def _discord(account: Account, n: int, mention: Found) -> Iterator[str]:
    s = account.sentences[n]
    weary = [p for p in phrases(s, "discordant") if not set(p) & set(mention.hit.all)]
    following = account.sentences[n + 1 : n + 2]
    if weary or any(p[0] < _OPENING for sentence in following for p in phrases(sentence, "discordant")):
        yield "a word of weariness beside it"
    if any(is_one(s, i, "chores") for i in range(mention.hit.all[-1] + 1, len(s))):
        yield "a chore"
    after = [
        other
        for k in range(n, n + 3)
        for other in _at(account.found, k)
        if other is not mention and (k > n or other.hit.head > mention.hit.head)
    ]
    before = _at(account.found, n - 1) if n else []
    primary = load_emotions().primary
    glum = [m for m in after if primary(m.emotion) in ("anger", "sadness", "fear")] + [m for m in before if primary(m.emotion) == "anger"]
    if any(m.status == "affirmed" for m in glum) and not any(_is_glad(m) for m in (*before, *after)):
        yield "anger, sadness or fear after it, or anger before, and no joy"  # joy after fear is a turn, not irony


def _at(found: Sequence[list[Found]], k: int) -> list[Found]:
    return found[k] if k < len(found) else []
