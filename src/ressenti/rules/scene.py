"""Whether an act or an event is said of somebody in a scene, and not of things, of many, or of people in general.

« les feuilles frissonnaient », « 280 éléphants sont morts », « des hommes ont été élus » tell nobody's emotion: acts and situations are
emotional for those whom a scene shows.
"""

from __future__ import annotations

from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.arguments import accusative
from ressenti.rules.syntax.body import object_noun
from ressenti.rules.syntax.subjects import subject
from ressenti.rules.syntax.voice import participle
from ressenti.rules.triggers import Hit

_NONE: frozenset[str] = frozenset()
_ONE = frozenset({"un", "une", "deux", "trois"})


def in_scene(s: Sentence, hit: Hit) -> bool:
    """Whether somebody in particular does or undergoes what the entry says."""
    entry = hit.entry
    if entry.pos != "VERB" or entry.mode not in ("behavioural", "suggested"):
        return True
    if entry.mode == "behavioural":
        who = next(iter(subject(s, hit.head, _NONE)), None)
        return who is None or s.pos(who) == "PRON" or not s.is_a(who, "lifeless")
    who = _undergoes(s, hit)
    return who is None or not (s.is_a(who, "anybody") or _are_many(s, who))


def _undergoes(s: Sentence, hit: Hit) -> int | None:
    """The one to whom the event happens: the object of an active verb whose object feels, else the subject."""
    if hit.entry.construction == "event-obj" and not participle(s, hit.head, _NONE):
        return next(iter(accusative(s, hit.head, _NONE) or object_noun(s, hit.head, _NONE)), None)
    if hit.entry.construction in ("event-obj", "event-subj", "event"):
        return next(iter(subject(s, hit.head, _NONE)), None)
    return None


def _are_many(s: Sentence, i: int) -> bool:
    """« 280 éléphants », « de nombreux Français », « certains demandeurs »."""
    if s.pos(i) not in ("NOUN", "ADJ"):
        return False
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.is_a(j, "many") or (s.pos(j) == "NUM" and s.forms[j] not in _ONE):
            return True
        if s.is_a(j, "possessives", "determiners") and s.forms[j] not in ("de", "d'"):
            return False
        if s.pos(j) not in ("ADJ", "ADP", "DET", "NUM"):
            return False
    return False
