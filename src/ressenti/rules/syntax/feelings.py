"""Verbs that say who felt what a noun names: in a relative clause on it, or in « ce que j'ai ressenti, c'est … » before it."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import accusative
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.functions import function
from ressenti.rules.syntax.nominals import relative_after
from ressenti.rules.syntax.subjects import subject
from ressenti.rules.syntax.verbs import looks_like_participle, verb_group

_THAT = ("que", "qu'"), ("ADJ", "ADV")
"""What opens a clause of which the feeling is the object, and what may stand between: « la colère sourde que … »."""


@function("felt-in", among="que")
def felt_in(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« la trouille que j'ai eue », « le chagrin que j'ai de ma mère »: the verb of the relative clause that says who felt it."""
    that = relative_after(s, i, *_THAT)
    return [] if that is None else _experienced(s, that)


@function("felt-by", among="que avec dont dans")
def felt_by(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« la trouille que j'ai eue », « le mépris avec lequel il me parle », « la jalousie dont il fait preuve »: the subject."""
    return [
        who
        for verb in (*felt_in(s, i, frozenset()), *_lived(s, i))
        for who in subject(s, verb, frozenset())[:1]
        if not s.is_a(who, "relative_pronouns")
    ]


def _lived(s: Sentence, i: int) -> list[int]:
    """The finite verb after « avec lequel », « dans laquelle » or, when it is one of feeling, « dont »."""
    dont, into = s.forms[i + 1 : i + 2] == ["dont"], s.forms[i + 1 : i + 2] == ["dans"]
    if not dont and not (s.forms[i + 1 : i + 2] in (["avec"], ["dans"]) and s.forms[i + 2 : i + 3] in (["lequel"], ["laquelle"])):
        return []
    start = i + 3 - dont
    verb = next((k for k in range(start, min(start + 6, len(s))) if is_verb(s, k) and is_finite(s, k)), None)
    if verb is None or any(s.forms[k] in STOPS for k in range(start, verb)) or (into and accusative(s, verb, frozenset())):
        return []  # « la colère dans laquelle il m'a mis »
    shown = s.forms[verb + 1 : verb + 2] == ["preuve"] or (s.is_a(verb, "experience") and not s.is_a(verb, "auxiliaries"))
    return [verb] if shown or not dont else []


@function("given-in", among="que")
def given_in(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« la pitié qu'elle m'inspirait », « la peur que lui faisait le chien »: the verb of the relative clause that says who gave it."""
    that = relative_after(s, i, *_THAT)
    if that is None:
        return []
    verbs = (k for k in range(that + 1, min(that + 6, len(s))) if is_verb(s, k) and not s.is_a(k, "object_clitics", "auxiliaries"))
    verb = next(verbs, None)
    if verb is None or not s.is_a(verb, "give") or any(s.forms[k] in STOPS for k in range(that, verb)):
        return []
    return [] if _complete(s, that, verb) else [verb]


@function("seized-by", among="qui")
def seized_by(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« cette peur qui me prend », « la colère qui montait en moi »: the verb of the relative clause whose subject it is."""
    who = relative_after(s, i, ("qui",))
    if who is None:
        return []
    return [k for k in range(who + 1, min(who + 5, len(s))) if is_verb(s, k) and s.is_a(k, "invade")][:1]


@function("topic-of", among=",")
def topic_of(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ce chagrin, je l'attendais », « la peur, moi, je connais »: the verb of the clause about a noun that a comma sets off."""
    comma = next((k for k in range(i + 1, min(i + 6, len(s) - 1)) if s.forms[k] == ","), None)
    if comma is not None and s.is_a(comma + 1, "strong_pronouns") and s.forms[comma + 2 : comma + 3] == [","]:
        comma += 2
    if comma is None or not s.is_a(comma + 1, "subject_clitics") or any(is_verb(s, k) for k in range(comma)):
        return []
    if any(s.forms[k] == "," and is_verb(s, k + 1) for k in range(comma + 1, len(s) - 1)):
        return []  # « l'espoir, je ne sais comment, est revenu »
    found = [k for k in range(comma + 2, min(comma + 7, len(s))) if is_verb(s, k) and not s.is_a(k, "object_clitics")][:1]
    taken_up = found and any(s.is_a(c, "third_person_clitics") for c in verb_group(s, found[0]).clitics)
    return found if taken_up or not s.is_a(comma + 1, "he_she_they") else []  # « la jalousie, elle est venue »


@function("said-felt", among="ce")
def said_felt(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ce que j'ai ressenti, ce n'est pas de la honte, c'est de la colère »: the verb of the clause with *ce que*."""
    first = next((k for k in range(i - 2) if s.forms[k] == "ce" and s.forms[k + 1] in ("que", "qu'")), None)
    if first is None or any(s.forms[k] in STOPS for k in range(first, i)):
        return []
    found = _experienced(s, first + 1)
    later = [k for k in range(found[0] + 1, i) if is_verb(s, k) and is_finite(s, k)] if found else []
    named = later and all(s.is_a(k, "be") for k in later) and any(s.forms[k] in ("c'", "ce") for k in range(found[0], later[0]))
    return found if named else []


def _experienced(s: Sentence, that: int) -> list[int]:
    """The lexical verb after « que », when it is one of feeling and its subject stands between."""
    first = next((k for k in range(that + 1, min(that + 6, len(s))) if is_verb(s, k) and not s.is_a(k, "object_clitics")), None)
    if first is None or any(s.forms[k] in STOPS for k in range(that, first)):
        return []
    ahead = (first + 2, first + 1) if s.is_a(first, "auxiliaries") else ()
    last = next((k for k in ahead if k < len(s) and looks_like_participle(s.forms[k]) and s.pos(k) != "PRON"), first)  # not « lui »
    after = min(first + 1, len(s) - 1)
    helps = last == first and s.is_a(first, "auxiliaries") and s.pos(after) in ("VERB", "AUX", "ADV") and not s.is_a(after, "be")
    links = last == first and s.pos(that) == "SCONJ" and not s.is_a(last, "felt", "auxiliaries")  # « peur qu'elle pleure »
    felt = s.is_a(last, "experience") and not helps and not links
    who = subject(s, last, frozenset()) if felt else []
    return [last] if who and who[0] > that and not _complete(s, that, last) else []


def _complete(s: Sentence, that: int, verb: int) -> bool:
    """Whether the clause after « que » has an object of its own, so that *que* is none: « peur qu'il ait honte »."""
    if s.morph(verb, "Mood") == "Sub":
        return True
    partitive = s.forms[verb + 1 : verb + 2] in (["de"], ["d'"]) and verb + 2 < len(s) and s.pos(verb + 2) == "ADJ"  # « de faux espoirs »
    noun = verb + 1 + (partitive or (s.is_a(verb + 1, "determiners") and not s.is_a(verb + 1, "of")))
    if noun >= len(s) or s.is_a(noun, "temporal_nouns") or not any(that < who < verb for who in subject(s, verb, frozenset())):
        return False
    return noun > verb + 1 or s.pos(noun) in ("NOUN", "PROPN")
