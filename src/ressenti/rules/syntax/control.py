"""Control: whose act an infinitive is, by the verb over it (« il m’a promis de venir », « il m’a demandé de venir », « je l’ai vu venir »).

Which verbs give it to their object or dative instead of their subject is in the word classes ``*_control``.
"""

from __future__ import annotations

from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.arguments import accusative, dative
from ressenti.rules.syntax.verbs import VerbGroup, looks_like_infinitive, verb_group
from ressenti.rules.words import load_words

_OWN = frozenset({"pour", "sans", "avant", "après", "par"})
"""Prepositions of an infinitive that is the subject's own act, whatever the verb."""
_OF = load_words()["links_of_infinitives"] | {"a"}
"""*a* is *à* typed without its accent."""


def controlled(s: Sentence, i: int, group: VerbGroup, governing: int) -> list[int] | None:
    """Who does what an infinitive says when the verb over it gives it to its object or dative.

    Args:
        s: The sentence.
        i: The infinitive.
        group: Its verb group.
        governing: The verb over it.

    Returns:
        The controller; empty when it is nobody (« il est difficile de … »); None when it is the subject of the verb over it.
    """
    preposition = s.forms[group.start - 1] if group.start else ""
    done = [a for a in group.auxiliaries[:1] if s.forms[a] in ("avoir", "être")]  # « il m'a reproché d'avoir pleuré »
    if not (looks_like_infinitive(s.forms[i]) or done) or preposition in _OWN:
        return None
    perceived = s.is_a(governing, "cause_verbs", "perceive")
    if beside := _also_perceived(s, group, governing):
        return beside
    if s.is_a(governing, "object_control") and (preposition not in _OF or not perceived):
        if found := accusative(s, governing, frozenset()) or _noun_between(s, governing, group.start):
            return found[:1]
        after = [c for c in s.children(i) if s.dep(c) in ("nsubj", "obj") and c > i]
        if perceived and after:
            return after[:1]
    found = dative(s, governing, frozenset()) if s.is_a(governing, "dative_control", "befall") else []
    said_of_oneself = s.is_a(governing, "say") and preposition not in _OF  # « elle m'a dit avoir honte »
    if found and not said_of_oneself and not s.is_a(governing, "subject_control"):
        return found[:1]
    if s.is_a(governing, "be") and preposition in ("de", "d'") and _is_impersonal(s, governing, group.start):
        return dative(s, governing, frozenset())[:1]
    return None


def _also_perceived(s: Sentence, group: VerbGroup, other: int) -> list[int]:
    """« je voyais mon père hurler et | ma mère | pleurer »: the noun between *et* and a bare infinitive, beside another infinitive."""
    first = next((k for k in range(group.start - 1, other, -1) if s.forms[k] == "et"), None)
    if first is None or not any(looks_like_infinitive(s.forms[k]) for k in range(other, first)):
        return []
    if (
        s.pos(group.start - 1) not in ("NOUN", "PROPN", "ADJ")
        or not (s.is_a(first + 1, "determiners") or s.pos(first + 1) == "PROPN")
        or s.forms[first + 1] in ("de", "d'", "du")
    ):
        return []
    return [k for k in range(first + 1, group.start) if s.pos(k) in ("NOUN", "PROPN") or k == group.start - 1][:1]


def _is_impersonal(s: Sentence, be: int, end: int) -> bool:
    """« il est difficile », « c’est dur »: nobody is said to be so."""
    said_of = verb_group(s, be).subject
    if said_of is None or s.forms[said_of] not in ("il", "c'", "ce", "ça"):
        return False
    return any(s.is_a(k, "impersonal_adjectives") for k in range(be + 1, end))


def _noun_between(s: Sentence, verb: int, end: int) -> list[int]:
    """Head of the noun phrase without a preposition right after a verb and before token ``end`` (« vu | sa femme | pleurer »)."""
    j = verb + 1
    while j < end and s.is_a(j, "adverbs", "negators") and not s.is_a(j, "determiners", "lone_pronouns"):
        j += 1
    if j < end and s.is_a(j, "lone_pronouns") and (j + 1 == end or s.pos(j + 1) not in ("NOUN", "ADJ")):
        return [j]
    if j >= end or not (s.is_a(j, "determiners") or s.pos(j) == "PROPN") or s.is_a(j, "of", "to"):
        return []
    return [k for k in range(j, min(j + 4, end)) if s.pos(k) in ("NOUN", "PROPN") or (s.pos(k) == "ADJ" and k + 1 == end)][:1]
