"""When the emotion is felt: before, now, later, or again and again; read off the verb that carries the tense of its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ressenti.rules.qualifiers.classes import is_one, phrases
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.qualifiers.scope import Step, carries_tense, clause_opener
from ressenti.rules.qualifiers.tense import is_conditional, is_future
from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.forms import kinds
from ressenti.rules.syntax.verbs import is_infinitive, looks_like_participle, verb_group
from ressenti.rules.triggers import Hit

_IMPERFECT = re.compile(r"(?:ais|ait|aient)$")
_MOTION = re.compile(r"(?:all|arriv|ven|part|rest|tomb|mont|descend|sort|entr|rentr|retourn|dev|n[ée]|mor|pass|repart|reven|repass)\w*$")


def time(s: Sentence, hit: Hit, over: Sequence[Step]) -> Reason | None:
    """``past``, ``present``, ``future`` or ``habitual``, or None where no tense tells (a conditional, a sentence without a verb)."""
    finite = _finite(s, hit, over)
    if finite is None:
        return None
    verb, carrier = finite
    value = _tense(s, verb, carrier)
    if value is None:
        return None
    if value in ("past", "present") and not _completed(s, verb, carrier) and (habit := _habit(s, carrier)) is not None:
        return Reason("time", "habitual", (carrier, *habit), "a tense that lasts, and a word of repetition")
    return Reason("time", value, (carrier,), "the tense of its verb")


def _finite(s: Sentence, hit: Hit, over: Sequence[Step]) -> tuple[int, int] | None:
    """The nearest verb over the cue that is finite, and its word that carries the tense."""
    for step in over:
        if not step.noun and carries_tense(s, step.at):
            carrier = verb_group(s, step.at).finite
            if carrier != hit.head or hit.entry.pos != "ADJ":  # « il dormait, super content »: for the parser a verb
                return step.at, carrier
    at = hit.head
    for _ in range(6):  # an apposition or a « sans joie »: the verb of its clause
        at = s.head(at)
        if s.pos(at) in ("VERB", "AUX") and carries_tense(s, at):
            return at, verb_group(s, at).finite
    return None


def _tense(s: Sentence, verb: int, carrier: int) -> str | None:
    form = s.forms[carrier]
    if is_conditional(s, carrier):
        return None
    if is_one(s, carrier, "go_now"):
        after = carrier + 1
        while s.is_a(after, "object_clitics", "adverbs", "negators"):
            after += 1
        if after < len(s) and is_infinitive(s, after):
            return "future"
    if is_future(s, carrier):
        return "future"
    if is_one(s, carrier, "past_auxiliaries"):
        return "past"
    if is_one(s, carrier, "present_auxiliaries"):
        return "past" if _perfect(s, verb, carrier) else "present"
    if _imperfect_of_us(s, carrier):
        return "past"
    tense = s.morph(carrier, "Tense")
    if _IMPERFECT.search(form) and not is_one(s, carrier, "present_in_ais"):
        return "past"
    if tense in ("Imp", "Past") and not is_one(s, carrier, "present_in_ais"):
        return "past"
    return "present" if tense == "Pres" else None


def _imperfect_of_us(s: Sentence, carrier: int) -> bool:
    """« nous l'aimions », « vous détestiez »: no present of a verb in -ier (« nous crions ») or of *rire*, and no subjunctive."""
    form = s.forms[carrier]
    if not form.endswith(("ions", "iez")) or not kinds(form):
        return False
    stem = form[:-4] if form.endswith("ions") else form[:-3]
    if any("infinitive" in kinds(stem + ending) for ending in ("ier", "ire")):
        return False
    opener = clause_opener(s, carrier)
    return opener is None or s.forms[opener] not in ("que", "qu'")


def _perfect(s: Sentence, verb: int, carrier: int) -> bool:
    """« j'ai eu peur », « je me suis fâchée », « il est parti », against « je suis énervée »."""
    if carrier == verb:  # taken for the verb itself: « je n'ai plus ressenti que de la pitié »
        verb = next(
            (k for k in range(carrier + 1, min(carrier + 5, len(s))) if s.forms[k] == "pu" or not s.is_a(k, "adverbs", "negators")), carrier
        )
        having = s.is_a(carrier, "presents_of_have")
        return having and verb != carrier and s.pos(verb) in ("VERB", "AUX") and looks_like_participle(s.forms[verb])
    group = verb_group(s, verb)
    if s.is_a(carrier, "presents_of_have"):
        return True
    if any(s.forms[i] == "été" for i in range(carrier, verb + 1)) or len(group.auxiliaries) > 1:
        return True
    return any(s.is_a(c, "reflexive_clitics") for c in group.clitics) or _MOTION.match(s.forms[verb]) is not None


def _completed(s: Sentence, verb: int, carrier: int) -> bool:
    """A tense that tells one event (« j'ai eu peur »), which no « toujours » makes a habit of."""
    return carrier != verb and is_one(s, carrier, "present_auxiliaries", "past_auxiliaries") and _perfect(s, verb, carrier)


def _habit(s: Sentence, carrier: int) -> range | None:
    for phrase in phrases(s, "habit"):
        if not any(s.forms[k] in STOPS for k in range(min(phrase[0], carrier), max(phrase[-1], carrier))):
            return phrase
    return None
