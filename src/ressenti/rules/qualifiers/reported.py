"""Whose words an emotion is told in: « il m'a dit qu'il avait honte », « d'après elle », « “J'ai peur”, souffla-t-elle »."""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.rules.phrases import between_signs, phrase
from ressenti.rules.qualifiers.classes import has_one, is_one, phrases
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.qualifiers.scope import Step
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.syntax.basics import phrase_after
from ressenti.rules.syntax.verbs import VerbGroup, verb_group
from ressenti.rules.triggers import Hit

_NONE: frozenset[str] = frozenset()
_DASHES = ("-", "—", "–")


def reported(s: Sentence, hit: Hit, over: Sequence[Step]) -> Reason | None:
    """Who tells it, as the text names them (``Reason.value``, ``Reason.tokens``), or None for the narrator's own words."""
    for step in over:
        if step.link == "that" and not step.noun and is_one(s, step.at, "say") and (who := _subject(s, step.at)) is not None:
            return _reason(s, who, "a clause of saying")
    for p in phrases(s, "according_to"):
        if not s.stop_between(p[-1], hit.head) and (head := phrase_after(s, p[-1])) is not None:
            span = phrase(s, head, frozenset(hit.cue))
            if span is not None and not (set(range(span[0], span[1] + 1)) & set(hit.cue)) and not s.is_a(head, "first_person"):
                return _reason(s, span, "« selon »")
    return _quoted(s, hit)


def _reason(s: Sentence, span: tuple[int, int], why: str) -> Reason:
    first, last = between_signs(s, span, span[0])
    text = "".join(t.text_with_ws for t in s.tokens[first : last + 1]).strip().removeprefix("-t-").removeprefix("-")
    return Reason("reported", text, tuple(range(first, last + 1)), why)


def _subject(s: Sentence, verb: int) -> tuple[int, int] | None:
    """The subject of a verb of saying, before or after it, unless it is the narrator."""
    for head in FUNCTIONS["subject"](s, verb, _NONE):
        if s.is_a(head, "first_person") or s.forms[head] in ("on", "-t-on"):
            return None
        return phrase(s, head, frozenset())
    return None


def _quoted(s: Sentence, hit: Hit) -> Reason | None:
    """Direct speech with its speaker in the same sentence (« … », a dit ma mère)."""
    dash = s.forms[0] in _DASHES
    if not dash and not has_one(s, "opening_quotes", "closing_quotes"):
        return None
    first, last = hit.all[0], hit.all[-1]
    opening = next((k for k in range(first - 1, -1, -1) if is_one(s, k, "opening_quotes", "closing_quotes")), None)
    closing = next((k for k in range(last + 1, len(s)) if is_one(s, k, "opening_quotes", "closing_quotes")), None)
    inside = (opening is not None and is_one(s, opening, "opening_quotes")) or (
        closing is not None and is_one(s, closing, "closing_quotes")
    )
    if not inside and not dash:
        return None
    for v in range(len(s)):
        if not is_one(s, v, "say") or (inside and (opening or 0) < v < (closing if closing is not None else len(s))):
            continue
        group = verb_group(s, v)
        if not inside and not _inserted(s, group):
            continue
        after = v + 1
        if group.subject is not None:
            return None if s.is_a(group.subject, "first_person") else _reason(s, (group.subject, group.subject), "direct speech")
        if after < len(s) and s.forms[after] not in (*STOPS, ",") and s.pos(after) in ("DET", "PROPN", "NOUN", "ADJ"):
            head = next((k for k in range(after, min(after + 5, len(s))) if s.pos(k) in ("NOUN", "PROPN")), None)
            if head is not None and (span := phrase(s, head, frozenset())) is not None:
                return _reason(s, span, "direct speech")
        if (who := _subject(s, v)) is not None:
            return _reason(s, who, "direct speech")
    return None


def _inserted(s: Sentence, group: VerbGroup) -> bool:
    """Whether words of saying tell who says the line with a dash: « – J'ai honte, dit-il », not « - honte (Paul a dit oui) ».

    A sign goes before them, and their subject after the verb, or nothing: else the dash may open an item of a list, which nobody says.
    """
    before = s.forms[group.start - 1] if group.start else ""
    if before not in (",", *STOPS, *_DASHES) or group.start == 1:
        return False
    return group.subject is None or group.subject > group.finite or all(form in STOPS for form in s.forms[group.verb + 1 :])
