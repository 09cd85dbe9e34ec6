"""What is said of a part of the body, and how often something is done."""

from __future__ import annotations

import re

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import preposition_of
from ressenti.rules.syntax.functions import function, itself

_REACH = 10
_LIGHT = ("between_noun_and_predicate", "aspectual_verbs", "auxiliaries", "object_clitics", "reflexive_clitics", "negators")


@function("does", seeks=itself)
def does(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """What the noun does or is, of these forms: « mes mains *tremblaient* », « les mains qui se mettent à *trembler* », « moites ».

    Read from the order of words: between the noun and what is said of it stand only its complement (« les veines de son cou »), clitics,
    negation, adverbs, auxiliaries, verbs of beginning and remaining, and other adjectives.
    """
    j = i + 1
    while j < min(i + _REACH, len(s)):
        form = s.forms[j]
        if form in wanted:
            return [j]
        if form in STOPS or form in (",", "ni", "ou"):
            break
        if s.is_a(j, "of") and j + 1 < len(s) and s.forms[j + 1] not in wanted:
            j = _after_complement(s, j)
            continue
        if not _is_light(s, j):
            break
        j += 1
    return []


def _after_complement(s: Sentence, j: int) -> int:
    """Past « de son cou », « d'angoisse »."""
    j += 1
    if s.is_a(j, "determiners"):
        j += 1
    return j + 1


def _is_light(s: Sentence, j: int) -> bool:
    form = s.forms[j]
    if s.is_a(j, *_LIGHT):
        return not s.is_a(j, "possessives")
    if form in ("ne", "n'") or form.endswith("ment"):
        return True
    return s.pos(j) in ("ADJ", "ADV", "AUX") or (s.is_a(j, "adverbs") and not s.is_a(j, "determiners"))


@function("repeated")
def repeated(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """Words that say that a verb is done again and again: « trois *fois* », « sans *arrêt* », « n'*arrêtait* pas de regarder »."""
    if s.forms[i - 1 : i] in (["de"], ["d'"]):
        for j in range(i - 2, max(i - 6, -1), -1):
            if s.is_a(j, "stopping") and ("pas" in s.forms[j : j + 3] or s.forms[j - 1 : j] in (["ne"], ["n'"])):
                return [j]
    for j in range(i + 1, min(i + 12, len(s))):
        form = s.forms[j]
        if form in STOPS:
            break
        before = s.forms[max(j - 4, 0) : j]
        if form == "fois" and s.forms[j + 1 : j + 2] != ["par"] and before and (s.pos(j - 1) == "NUM" or s.is_a(j - 1, "numbers_of_times")):
            return [j]
        if s.is_a(j, "units_of_time") and ({"toutes", "tous", "toute"} & set(before) or before[-1:] == ["chaque"]):
            return [j]
        if form in ("arrêt", "cesse", "relâche", "arrêter") and before[-1:] == ["sans"]:
            return [j]
        if form == "boucle" and before[-1:] == ["en"]:
            return [j]
        if form == "encore" and before[-2:] == ["encore", "et"]:
            return [j]
    return []


@function("daily")
def daily(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """Words after a verb that say that it is done every day: « tous les *jours* », « chaque *soir* »."""
    for j in range(i + 1, min(i + 10, len(s))):
        if s.forms[j] in STOPS:
            break
        if s.is_a(j, "days") and (s.forms[j - 1] == "chaque" or s.forms[max(j - 2, 0)] in ("tous", "toutes")):
            return [j]
    return []


@function("object-noun")
def object_noun(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The noun that is the direct object, whatever clitic stands before the verb (« il m'a pris *la main* »)."""
    j = i + 1
    while j < len(s) and (s.is_a(j, "adverbs", "negators") or s.pos(j) == "ADV") and not s.is_a(j, "determiners", "prepositions"):
        j += 1
    if s.is_a(j, "determiners") and s.forms[j] not in ("à", "au", "aux", "de", "d'"):
        for k in range(j + 1, min(j + 4, len(s))):
            if s.forms[k] in STOPS or s.forms[k] == ",":
                break
            if s.pos(k) not in ("ADJ", "DET", "NUM") or s.is_a(k + 1, "prepositions") or k + 1 == len(s) or s.forms[k + 1] in STOPS:
                return [k]  # whatever the parser takes it for: « sa montre » is a verb to it
    return [
        c
        for c in s.children(i)
        if c > i and s.dep(c) in ("obj", "obl", "nsubj", "iobj", "xcomp") and s.pos(c) in ("NOUN", "PROPN") and preposition_of(s, c) is None
    ][:1]


@function("named-after")
def named_after(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The name that follows an adjective without a determiner: « pauvre *Nadia* », « pauvre petit *Lucas* »."""
    if s.is_a(i - 1, "determiners", "adverbs") or (i and s.pos(i - 1) in ("AUX", "VERB")):
        return []
    j = i + 1
    while j < len(s) and s.pos(j) == "ADJ" and not s.tokens[j].text.istitle():
        j += 1
    return [j] if j < len(s) and s.tokens[j].text[:1].isupper() and not s.tokens[j].text.isupper() else []


@function("score")
def score(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The score that follows a verb: « perdu *3*-0 », « gagné *2* à 1 », « mené de *deux* »."""
    j = i + 1
    while j < len(s) and (s.is_a(j, "adverbs", "negators") or s.pos(j) == "ADV") and s.forms[j] not in ("de", "d'"):
        j += 1
    if j >= len(s):
        return []
    if _SCORE.fullmatch(s.forms[j]):
        return [j]
    if (
        s.forms[j].isdigit()
        and s.forms[j + 1 : j + 2] in (["à"], ["a"], ["-"], ["partout"])
        and j + 2 < len(s)
        and s.forms[j + 2].isdigit()
    ):
        return [j]
    following = s.forms[j + 1 : j + 3]
    return [j + 1] if s.forms[j] == "de" and following[:1] and following[0] in _ONE_TO_FIVE and following[1:] != ["heures"] else []


_SCORE = re.compile(r"\d+[-–/]\d+")
_ONE_TO_FIVE = frozenset("un deux trois quatre cinq".split())


@function("verbless-exclamation")
def verbless_exclamation(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The last word before the « ! » of an utterance of two words or more that has no verb (« de la *confiture* ! », « par *SMS* ! »)."""
    last = len(s) - 1
    while last > 0 and s.forms[last].startswith(("!", "»")):
        last -= 1
    if last == len(s) - 1 or last - i < 1 or last - i > 4 or s.forms[last + 1][:1] != "!":
        return []
    verbs = any(s.pos(k) in ("VERB", "AUX") and s.morph(k, "VerbForm") != "Part" for k in range(i, last + 1))
    return [] if verbs or any(s.is_a(k, "subject_clitics") and s.pos(k) == "PRON" for k in range(i, last + 1)) else [last]
