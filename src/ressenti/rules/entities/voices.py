"""Who speaks in a turn of direct speech, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ressenti.rules.entities.chains import Known
from ressenti.rules.entities.mentions import POSSESSIVES, Spoken, find
from ressenti.rules.entities.nominals import name_of
from ressenti.rules.entities.speech import Insertion, Turn
from ressenti.rules.entities.stream import ENDS

if TYPE_CHECKING:
    from ressenti.rules.entities.walk import Walk

_CONFIDENT = 25
"""Words between a verb of saying and the quotation that it introduces, at most."""


@dataclass(slots=True)
class Voice:
    """Who speaks, and to whom, in a turn of direct speech; None where it cannot be told."""

    speaker: Known | None
    addressee: Known | None


@dataclass(slots=True)
class Said:
    """The last verb of saying in the narration."""

    k: int
    speaker: Known | None
    addressee: Known | None


def voice_of(walk: Walk, turn: Turn, before: tuple[Turn, Voice] | None) -> Voice | None:
    """Who speaks a turn, and to whom; None where it is no speech."""
    row, chains = walk.row, walk.chains
    speaker, addressee = None, None
    said, opening = walk.said, row.form(turn.first - 2)
    for insertion in turn.insertions:
        speaker = speaker or _inserted(walk, insertion)
        addressee = addressee or (walk.by_word.get(insertion.clitic) if insertion.clitic is not None else None)
    follows = before is not None and turn.follows
    if speaker is None and said is not None and turn.first - said.k <= _CONFIDENT and not follows:
        stopped = any(row.forms[j] in ENDS for j in range(said.k, turn.first - 1))
        if not stopped and (opening in (":", ",") or turn.first - said.k <= 5):
            speaker, addressee = said.speaker, addressee or said.addressee
    if speaker is None and not follows and (opening == ":" or row.form(turn.first - 1) == ":" or turn.dialogue):
        speaker = walk.last[1] if walk.last is not None and walk.last_subject is chains.narrator else walk.last_subject
    if speaker is None and follows and before is not None:
        speaker, addressee = before[1].addressee, before[1].speaker
    if speaker is None and row.opens(turn.first - 1) and walk.last_subject is not chains.narrator:
        speaker = walk.last_subject
    called = _called(walk, turn)
    if addressee is None or addressee is speaker:
        if follows and before is not None and before[1].speaker is not speaker:
            addressee = before[1].speaker
        elif speaker is not None and speaker is not chains.narrator:
            addressee = chains.narrator
        else:
            addressee = chains.best("", False, row.number[turn.first], ())[0]
    if speaker is None and turn.dialogue:
        return None
    if called is not None:
        addressee = _named(walk, called, speaker, addressee)
    return Voice(speaker, addressee)


def _called(walk: Walk, turn: Turn) -> Spoken | None:
    """The name that a turn calls somebody by: « Paul, tu viens ? », « Tu viens, maman ? », « Madame Roche ? »."""
    row, first, last = walk.row, turn.first, turn.last
    while last > first and row.is_mark(last):
        last -= 1
    for k in (first, last, last - 1):
        if not first <= k <= last or not (row.capital(k) or row.forms[k] in walk.people.words["bare"]):
            continue
        spoken = find(row, walk.people, walk.names, k)
        if spoken is None or spoken.kind != "noun" or (spoken.noun is not None and not (spoken.names or not spoken.before)):
            continue
        opens, closes = spoken.start == first, spoken.last == last
        if (opens and (closes or row.form(spoken.last + 1) in (",", "!"))) or (closes and row.form(spoken.start - 1) == ","):
            return spoken
    return None


def _named(walk: Walk, called: Spoken, speaker: Known | None, addressee: Known | None) -> Known | None:
    """Who is called by a name: the one it names, or the one spoken to, whose name is told by this."""
    chains = walk.chains
    known = next((chains.by_name[name] for name in called.names if name in chains.by_name), None)
    if known is None and called.names and addressee is not None and (addressee is chains.narrator or not addressee.label):
        for name in called.names:
            chains.by_name[name] = addressee
        return addressee
    known = known or name_of(walk, called, Voice(speaker, None))
    return addressee if known is speaker else known


def _inserted(walk: Walk, insertion: Insertion) -> Known | None:
    """The subject of « dit-il », « m'a répondu ma mère »."""
    for k in range(insertion.first, insertion.last + 1):
        known = walk.by_word.get(k)
        if known is not None and k != insertion.clitic and walk.row.form(k) not in POSSESSIVES:
            return known
    return None
