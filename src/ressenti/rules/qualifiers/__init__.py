"""How a mention stands in its text: status, intensity, time, question, wish, whose words; by scope in the syntax.

What counts as what is in the annotation guidelines (sections 1 and 5b) and ``docs/qualifiers.md``; the words are in ``fr/qualifiers.yaml``
and ``fr/words/qualifiers.yaml``.
"""

from __future__ import annotations

from ressenti.rules.qualifiers.hypothesis import CONDITION, WONDERED, hypothesis
from ressenti.rules.qualifiers.intensity import intensity
from ressenti.rules.qualifiers.negation import negating_words, negation
from ressenti.rules.qualifiers.questions import question
from ressenti.rules.qualifiers.reasons import Qualified, Reason
from ressenti.rules.qualifiers.reported import reported
from ressenti.rules.qualifiers.restriction import came_true
from ressenti.rules.qualifiers.scope import Step, steps
from ressenti.rules.qualifiers.tense import is_conditional
from ressenti.rules.qualifiers.time import time
from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Hit

__all__ = ["Qualified", "Reason", "is_conditional", "negating_words", "qualify"]


def qualify(s: Sentence, hit: Hit, governing: int | None) -> Qualified:
    """Status, intensity and the optional keys of a mention, with the words that decided.

    Args:
        s: The parsed sentence.
        hit: The entry found in it.
        governing: The verb that governs the cue (support verb, copula), or None when the cue is a verb itself or no verb governs it.
    """
    over = steps(s, hit, governing)
    found = Qualified("affirmed", hit.entry.intensity)
    if hit.entry.mode != "displayed":
        _status(s, hit, over, found)
        if (when := time(s, hit, over)) is not None:
            found.extra["time"] = when.value
            found.reasons.append(when)
    degree = intensity(s, hit, governing, found.status)
    found.intensity = degree.value
    found.reasons.append(degree)
    if (words := reported(s, hit, over)) is not None:
        found.extra["reported"] = words.value
        found.reasons.append(words)
    return found


def _status(s: Sentence, hit: Hit, over: list[Step], found: Qualified) -> None:
    asked, denied = question(s, hit), None
    if asked is None and came_true(s, over, hit.all[0]):
        return
    if asked is not None:
        found.extra["question"] = True
        found.reasons.append(asked._replace(what="question", value="true"))
    else:
        denied = negation(s, hit, over)
    thought = None if asked else hypothesis(s, hit, over)
    if denied and thought and thought.why in (WONDERED, CONDITION) and denied.tokens[0] > thought.tokens[0]:
        denied = None  # « je me demande si elle n'est pas déçue », « s'il n'avait pas eu peur, … »
    if thought is not None and thought.what == "wish":
        found.extra["wish"] = True
        found.reasons.append(thought._replace(value="true"))
        thought = thought._replace(what="status")
    decisive = asked or denied or thought
    if decisive is not None:
        found.status = decisive.value
        found.reasons.append(decisive)
