"""Governors and subjects: which verb a word depends on, and who or what it is said of."""

from __future__ import annotations

from collections.abc import Iterator

from ressenti.rules.sentence import STOPS, Sentence, once_a_sentence
from ressenti.rules.syntax.arguments import accusative, dative, is_reflexive
from ressenti.rules.syntax.basics import (
    antecedent,
    is_finite,
    is_quite,
    is_verb,
    preposition_of,
    verb_before,
)
from ressenti.rules.syntax.control import controlled
from ressenti.rules.syntax.functions import function, itself
from ressenti.rules.syntax.insertions import after_conjunction, aside_before
from ressenti.rules.syntax.subject_phrases import (
    before_apposition,
    before_relative,
    dislocated_subject,
    inverted,
    joint_subject,
    noun_before,
    one_of,
    postposed,
    speaking,
)
from ressenti.rules.syntax.verbs import VerbGroup, belongs_before, looks_like_infinitive, looks_like_participle, verb_group
from ressenti.rules.words import load_words

_HE_SHE_THEY = load_words()["he_she_they"]


@function("governor", seeks=itself)
def governor(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The verb that governs the token: support verb, copula, or head; with forms, only such a verb."""
    return [v for v in _all_governors(s, i) if not wanted or s.forms[v] in wanted][:1]


@once_a_sentence
def _all_governors(s: Sentence, i: int) -> list[int]:
    return [*_governors(s, i)]


def _governors(s: Sentence, i: int) -> Iterator[int]:
    if (
        s.forms[i - 1 : i + 3] in (["plus", s.forms[i], ",", "c'"], ["moins", s.forms[i], ",", "c'"])
        and s.is_a(i + 3, "be")
        and not is_verb(s, i - 3)
    ):
        yield i + 3  # « le plus vexant, c'est que … »
        return
    if (first := _said_again(s, i)) is None:
        first = _conjoined(s, i)
    if first is not None:
        yield from _governors(s, first)
        return
    copula = [c for c in s.children(i) if s.dep(c) in ("cop", "aux") and s.is_a(c, "copulas", "auxiliaries", "experience")]
    yield from copula[-1:]
    near = _verb_to_the_left(s, i)
    if near is not None and near not in copula:
        yield near
    at = i
    for _ in range(4):
        head = s.head(at)
        if head == at:
            break
        if s.dep(at) == "nsubj" and head > at:
            break  # the subject of a verb is not governed by it
        at = head
        if is_verb(s, at):
            if at != near:
                yield at
            break
    for verb in (near, at):  # « je sentais monter en moi une irritation »
        if (
            verb is not None
            and looks_like_infinitive(s.forms[verb])
            and (over := verb_before(s, verb)) is not None
            and s.is_a(over, "perceive")
        ):
            yield over
            break


def _said_again(s: Sentence, i: int) -> int | None:
    """« j'étais furieux, il n'y a pas d'autre mot, furieux contre … »: the adjective at ``i`` as it stood before."""
    if s.forms[i - 1 : i] != [","] or s.pos(i) not in ("ADJ", "NOUN"):
        return None
    return next((k for k in range(i - 2, max(i - 14, -1), -1) if s.forms[k] == s.forms[i] and s.forms[k + 1] == ","), None)


def _conjoined(s: Sentence, i: int) -> int | None:
    """« la joie de le revoir et la crainte … »: the noun before, which another verb parts from the one at ``i`` that is joined to it."""
    head = s.head(i)
    if s.pos(i) != "NOUN" or s.dep(i) != "conj" or head >= i or s.pos(head) != "NOUN":
        return None
    first = i - 1 if s.is_a(i - 1, "determiners") else i
    between = range(head + 1, first)
    infinitives = [k for k in between if is_verb(s, k)]
    return head if s.forms[first - 1] == "et" and infinitives and not any(is_finite(s, k) for k in infinitives) else None


def _begins_a_clause(s: Sentence, i: int) -> bool:
    """« il était vieux, et | cette peur | me réveillait »: a noun that *et* sets apart, with a comma or a clitic, before its own verb."""
    first = i
    while first > 0 and (s.is_a(first - 1, "determiners") or s.pos(first - 1) in ("ADJ", "DET")):
        first -= 1
    alone = first > 1 and s.forms[first - 1] == "," and first < i  # « …, une colère sourde m'est montée à la gorge »
    joined = s.forms[first - 1 : first] in (["et"], ["mais"]) and (s.forms[first - 2] == "," or s.is_a(i + 1, "object_clitics"))
    if first == i or first < 2 or not (alone or joined):
        return False
    after = i + 1
    while alone and after < len(s) and s.pos(after) == "ADJ" and not s.is_a(after, "object_clitics"):
        after += 1
    while after < len(s) and (s.is_a(after, "object_clitics") or s.forms[after] in ("ne", "n'")):
        after += 1
    return after < len(s) and is_verb(s, after) and is_finite(s, after)


_ADVERBIAL = frozenset({("même", "temps"), ("la", "fois"), ("du", "coup"), ("un", "coup"), ("à", "coup")})
"""Ends of adverbial phrases: « contente et en même temps inquiète »."""


def _verb_to_the_left(s: Sentence, i: int) -> int | None:
    """The nearest verb before a predicate with only determiners, adverbs, adjectives and coordinated predicates between."""
    if s.pos(i) == "NOUN" and _begins_a_clause(s, i):
        return None
    aside: range = range(0)
    for j in range(i - 1, max(i - 14, -1), -1):
        form = s.forms[j]
        if form == "," and (opening := aside_before(s, j)) is not None:
            aside = range(opening, j)
        if j in aside:
            continue
        if form in ("elle", "elles") and belongs_before(s, j):
            continue  # « Je nourrissais envers elle une haine tenace »
        if form in STOPS or (s.is_a(j, "subject_clitics", "subordinators") and not s.is_a(j, "object_clitics", "adverbs", "determiners")):
            return None
        if form.startswith("-") or is_quite(s, j):
            continue
        if s.forms[j - 3 : j + 1] == ["on", "ne", "peut", "plus"]:  # « j'étais on ne peut plus ravi »
            return _verb_to_the_left(s, j - 3)
        if is_verb(s, j) and not (s.is_a(j, "determiners", "adverbs") and not s.is_a(j, "auxiliaries")):
            if looks_like_participle(form) and not s.is_a(j, "auxiliaries") and not verb_group(s, j).auxiliaries:
                continue  # « triste et fatigué »: a predicate beside this one, not its verb
            return j
        if s.pos(j) not in ("DET", "ADV", "ADJ", "CCONJ", "ADP", "NOUN", "PRON", "NUM", "VERB", "SCONJ") and form != ",":
            return None
        if (
            s.pos(j) == "NOUN"
            and s.pos(i) != "NOUN"
            and (s.forms[j - 1], form) not in _ADVERBIAL
            and not ((s.forms[j + 1 : j + 2] and s.pos(j + 1) in ("CCONJ", "ADP")) or s.forms[j + 1] == ",")
        ):
            return None
    return None


_IS_BETTER = (["vaut"], ["valait"], ["vaudrait"], ["vaudra"])


@function("subject")
def subject(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """Who or what the verb, or the predicate, at ``i`` is said of."""
    found = _subject(s, i, set())
    if found is None or s.forms[found] == "mieux" or (s.forms[found] == "il" and s.forms[found + 1 : found + 2] in _IS_BETTER):
        return []  # « mieux vaut être triste », « il vaut mieux être fière »
    return [found]


def _subject(s: Sentence, i: int, seen: set[int]) -> int | None:
    if i in seen or len(seen) > 6:
        return None
    seen.add(i)
    group = verb_group(s, i)
    if group.subject is None and s.forms[i] in ("faut", "fallait", "faudrait", "faudra", "fallu"):
        return None  # « Faut pas avoir peur, papa est là »
    if group.subject is not None:
        if _is_impersonal(s, group):
            return None
        if group.subject > group.finite and s.forms[group.subject].lstrip("-t") in _HE_SHE_THEY:
            lexical = noun_before(s, group.start - 1)  # « Paul a-t-il été surpris ? », not « Sans doute était-elle jalouse »
            return group.subject if lexical is None or preposition_of(s, lexical) is not None else lexical
        taken_up = dislocated_subject(s, group)
        if taken_up is None:
            taken_up = postposed(s, group)
        return one_of(s, group.subject) if taken_up is None else taken_up
    if group.relative is not None:
        return antecedent(s, group.relative)
    if s.forms[i + 1 : i + 2] == ["-"] and s.forms[i + 2 : i + 3] in (["toi"], ["vous"], ["nous"]):
        return i + 2  # « rassure-toi »
    if s.forms[i + 1 : i + 2] in (["-toi"], ["-vous"], ["-nous"]) and group.clitics == []:
        return i + 1
    if (joint := joint_subject(s, group)) is not None:
        return joint
    if (doubled := _before_set_off(s, group)) is not None:
        return doubled
    if (says := speaking(s, i, group)) is not None:
        return says
    if is_finite(s, i) and s.forms[group.start - 1 : group.start] in (["nul"], ["nulle"]):
        return group.start - 1  # « Nul ne s'étonna »
    children = [c for c in s.children(i) if s.dep(c) == "nsubj" and c < i and not s.is_a(c, "object_clitics", "relative_pronouns")]
    children = [c for c in children if not s.is_a(c, "subject_clitics") or s.is_a(c, "third_person_subjects")]
    if children and is_finite(s, i):
        return before_apposition(s, group) or one_of(s, after_conjunction(s, children[-1], group))
    if is_finite(s, i) and (not _after_conjunction(s, group) or s.forms[group.start - 1] == ","):
        before = noun_before(s, group.start - 1)
        if before is not None:
            return after_conjunction(s, before, group)
        after = [c for c in s.children(i) if s.dep(c) == "nsubj" and c > i]
        if after:
            return after[0]
    if (follows := inverted(s, i, group)) is not None:
        return follows
    if (told := before_relative(s, i, group)) is not None:
        return told
    if is_finite(s, i) and is_imperative(s, group):
        return None
    return _controller(s, i, group, seen)


def _before_set_off(s: Sentence, group: VerbGroup) -> int | None:
    """« Sandrine, elle, avait vomi »: the noun that a strong pronoun between commas takes up."""
    comma = group.start - 1
    if comma < 3 or s.forms[comma] != "," or s.forms[comma - 2] != "," or not s.is_a(comma - 1, "third_person_strong"):
        return None
    return noun_before(s, comma - 3)


def is_imperative(s: Sentence, group: VerbGroup) -> bool:
    """« N’aie pas peur », « t’inquiète pas »: a verb without a subject, negated at the start of an utterance or told to somebody."""
    if group.subject is not None:
        return False
    if any(s.is_a(c, "second_person") and is_reflexive(s, group, c) for c in group.clitics):
        return True
    if not {"ne", "n'"} & {s.forms[k] for k in group.negation}:
        return False
    return group.start == 0 or s.forms[group.start - 1] in STOPS


@function("speaker")
def speaker(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """Who says the quotation that the token stands in, where the sentence tells (« Il a dit : « Tiens. » », « « Oh non », dit-il »)."""
    opening = next((k for k in range(i - 1, -1, -1) if s.forms[k] in ("«", "»", '"')), None)
    if opening is None or s.forms[opening] == "»":
        return []
    if opening > 1 and s.forms[opening - 1] in (":", ","):
        verb = verb_before(s, opening - 1)
        if verb is not None and is_finite(s, verb):
            return subject(s, verb, frozenset())
    closing = next((k for k in range(i + 1, len(s)) if s.forms[k] in ("»", '"')), None)
    if closing is None:
        return []
    after = next((k for k in range(closing + 1, min(closing + 6, len(s))) if is_verb(s, k) and not s.is_a(k, "auxiliaries")), None)
    return [] if after is None else subject(s, after, frozenset())


def _is_impersonal(s: Sentence, group: VerbGroup) -> bool:
    """« il y a », « il faut », « il s'agit »"""
    form = s.forms[group.subject or 0].lstrip("-")
    y = any(s.forms[c] == "y" for c in group.clitics) and s.is_a(group.finite, "auxiliaries")
    return form in ("il", "y'") and (y or form == "y'" or s.forms[group.verb].startswith(("fau", "fall", "s'agi", "agi")))


def _after_conjunction(s: Sentence, group: VerbGroup) -> bool:
    before = group.start - 1
    return before < 0 or s.forms[before] == "," or s.is_a(before, "coordinators")


def _controller(s: Sentence, i: int, group: VerbGroup, seen: set[int]) -> int | None:
    """Who a verb without a subject of its own is said of: a coordinated, governing or following verb's subject or object."""
    governing = verb_before(s, group.start)
    following = _main_clause_after(s, i, group)
    if following is not None:
        return _subject(s, following, seen)
    if governing is not None:
        if looks_like_infinitive(s.forms[i]) or not is_finite(s, i):
            by_control = controlled(s, i, group, governing)
            if by_control is not None:
                return by_control[0] if by_control else None
        found = _subject(s, governing, seen)
        if found is None and looks_like_infinitive(s.forms[i]):
            return _said_without_verb(s, group)
        if found is not None and looks_like_infinitive(s.forms[i]) and s.is_a(found, "neuter_subjects"):
            person = dative(s, governing, frozenset()) or accusative(s, governing, frozenset())  # « ça me plaît de rire »
            return person[0] if person else None
        return found
    following = _verb_after(s, i)
    if following is not None:
        if following not in seen and looks_like_infinitive(s.forms[i]) and "," not in s.forms[i:following]:  # « partir m'a soulagée »
            moved = accusative(s, following, frozenset()) or dative(s, following, frozenset())
            return moved[0] if moved else None
        return _subject(s, following, seen)
    return _said_without_verb(s, group) if looks_like_infinitive(s.forms[i]) else None


def _said_without_verb(s: Sentence, group: VerbGroup) -> int | None:
    """« Trois semaines à me lever la nuit. », « Moi, ne plus l'aimer ! »: the clitic or the strong pronoun of an infinitive alone."""
    own = [c for c in group.clitics if s.is_a(c, "first_and_second_clitics") and is_reflexive(s, group, c)]
    if own:
        return own[0]
    before = group.start - 1 - (s.forms[group.start - 1 : group.start] == [","])
    return before if before >= 0 and s.is_a(before, "strong_pronouns") and all(s.forms[k] in ("et", ",") for k in range(before)) else None


def _main_clause_after(s: Sentence, i: int, group: VerbGroup) -> int | None:
    """« … et, pour ne pas paniquer, il récitait »: the verb after the comma that ends an infinitive or a gerund set off by another."""
    before = group.start - 1
    if before < 1 or not s.is_a(before, "prepositions_of_infinitives"):
        return None
    while before > 0 and s.is_a(before - 1, "before_prepositions_of_infinitives"):
        before -= 1
    if before < 1 or s.forms[before - 1] != ",":
        return None
    comma = next((j for j in range(i + 1, len(s)) if s.forms[j] == "," or s.forms[j] in STOPS), None)
    if comma is None or s.forms[comma] != "," or not s.is_a(comma + 1, "subject_clitics"):
        return None
    return _verb_after(s, comma)


def _verb_after(s: Sentence, i: int) -> int | None:
    for j in range(i + 1, len(s)):
        if s.forms[j] in STOPS:
            return None
        if is_verb(s, j) and is_finite(s, j):
            group = verb_group(s, j)
            if group.relative is None and not (group.start > 0 and s.is_a(group.start - 1, "subordinators")):
                return j
    return None
