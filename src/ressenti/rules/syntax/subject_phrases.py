"""Noun phrases that are subjects where the parser does not say so: coordinated, dislocated, apposed, inverted, before an insertion."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import (
    NOMINAL,
    antecedent,
    bare_name,
    is_finite,
    is_one_of_two,
    is_person,
    is_verb,
    opens_clause,
    phrase_head,
    preposition_of,
)
from ressenti.rules.syntax.insertions import over_insertion
from ressenti.rules.syntax.verbs import VerbGroup, verb_group


def speaking(s: Sentence, i: int, group: VerbGroup) -> int | None:
    """« …», a soupiré mon frère »: the noun phrase after a verb that follows direct speech."""
    before = group.start - 1
    while before > 0 and s.forms[before] == ",":
        before -= 1
    spoken = before >= 0 and s.forms[before] in ("»", "!", "?", "…", "...", '"', "-", "—", "–")
    first = i + 1
    while s.is_a(first, "adverbs", "negators") and not s.is_a(first, "determiners"):
        first += 1
    if not (spoken or (before < group.start - 1 and s.is_a(i, "say"))) or first >= len(s) or not is_finite(s, i):
        return None
    for k in range(first, min(first + 3, len(s))):
        if s.pos(k) == "PROPN" or (s.pos(k) in ("NOUN", "ADJ") and k > first and s.is_a(first, "determiners") and is_person(s, k)):
            return k
    return None


def before_relative(s: Sentence, i: int, group: VerbGroup) -> int | None:
    """« Ce que tu dis | m'inquiète »: the antecedent of the relative clause that ends right before the verb, without a comma."""
    if not is_finite(s, i):
        return None
    verbs = 0
    for k in range(group.start - 1, 0, -1):
        if s.forms[k] in STOPS or s.forms[k] in (",", "et", "mais"):
            return None
        if verbs and s.is_a(k, "relative_pronouns"):
            found = k - 1 if s.forms[k - 1] == "ce" else antecedent(s, k)
            opens = found is not None and (s.forms[found] == "ce" or opens_clause(s, found))
            return found if verbs == 1 and opens else None
        verbs += is_verb(s, k) and is_finite(s, k) and not s.is_a(k, "auxiliaries")
    return None


def inverted(s: Sentence, i: int, group: VerbGroup) -> int | None:
    """The person right after a finite verb that such a word opens."""
    opened = any(s.is_a(k, "inverting_words") for k in range(max(group.start - 1, 0), group.finite))
    if not opened or group.clitics or not is_finite(s, i) or i + 1 >= len(s):
        return None
    if s.pos(i + 1) == "PROPN":
        return i + 1
    if not s.is_a(i + 1, "determiners") or s.is_a(i + 1, "of", "to"):
        return None
    return next((k for k in range(i + 2, min(i + 5, len(s))) if s.is_a(k, "persons")), None)


def before_apposition(s: Sentence, group: VerbGroup) -> int | None:
    """« Abdellatif, son mari, la regardait »: the noun before the apposition that ends right before the verb."""
    comma = group.start - 1
    if comma < 3 or s.forms[comma] != ",":
        return None
    opening = next((j for j in range(comma - 1, 0, -1) if s.forms[j] in STOPS or s.forms[j] == ","), 0)
    if s.forms[opening] != "," or any(is_verb(s, k) and is_finite(s, k) for k in range(opening + 1, comma)):
        return None
    if not (s.is_a(opening + 1, "determiners") or s.pos(opening + 1) == "PROPN") or s.is_a(opening + 1, "of", "to"):
        return None
    head = phrase_head(s, opening - 1)
    return head if head is not None and opens_clause(s, head) and is_person(s, head) and not preposition_of(s, head) else None


def joint_subject(s: Sentence, group: VerbGroup) -> int | None:
    """« Lucas et Emma », « ma mère et moi »: the first of coordinated noun phrases right before a verb in the plural.

    The parser often takes only the last of them for the subject. Where they end is kept for the span of the role.
    """
    if not s.forms[group.finite].endswith(("nt", "mes", "tes", "ons", "ez")) or group.start < 3:
        return None
    end = group.start - 1
    return _joint_ending_at(s, end - 1 if s.forms[end] == "," else end)


def _joint_ending_at(s: Sentence, end: int) -> int | None:
    """The first of coordinated noun phrases that end at a token."""
    parts: list[tuple[int, int]] = []
    at = end
    while at >= 0 and (part := _phrase_ending_at(s, at)) is not None:
        parts.insert(0, part)
        at = part[0] - 1
        if at > 0 and s.forms[at] in ("et", "ou", "ni", ",", "avec") and (s.forms[at] != "," or len(parts) > 1):
            at -= 1
            if s.forms[at] == ",":
                at -= 1
        else:
            break
    if len(parts) < 2 or not any(s.is_a(k, "joining_coordinators") for k in range(parts[0][1], parts[-1][0])):
        return None
    before = parts[0][0] - 1
    if before > 0 and (s.is_a(before, "prepositions") or (is_verb(s, before) and verb_group(s, before).subject is not None)):
        return None  # « il a sorti la boîte de la cave et les filles étaient … »: what belongs to the verb before
    head = phrase_head(s, parts[0][1])
    if head is None or not parts[0][0] <= head <= parts[0][1]:
        head = parts[0][1]
    s.memo["joint", head] = end
    return head


def _phrase_ending_at(s: Sentence, last: int) -> tuple[int, int] | None:
    """A short noun phrase that ends at a token, read leftwards to its determiner; a name or strong pronoun alone."""
    if s.is_a(last, "strong_pronouns") or s.forms[last] in ("celui-ci", "celle-ci"):
        return last, last
    first = last
    while first > 0 and s.pos(first) in ("NOUN", "PROPN", "ADJ", "NUM", "ADP") and not s.is_a(first, "determiners", "possessives"):
        if s.pos(first) == "PROPN" and s.pos(first - 1) not in ("PROPN", "NOUN", "ADP", "DET", "ADJ"):
            return first, last
        if s.pos(first) == "ADP" and s.forms[first] not in ("de", "d'"):
            return None
        first -= 1
    if s.is_a(first, "determiners") and first < last and not s.is_a(first, "of", "to"):
        return first, last
    if s.is_a(first, "of") and first > 1 and s.pos(first - 1) == "NOUN":
        before = _phrase_ending_at(s, first - 1)
        return None if before is None else (before[0], last)
    opens = first == 0 or s.forms[first - 1] in STOPS
    named = s.pos(first) == "PROPN" or (s.forms[last + 1 : last + 2] == ["et"] and s.pos(min(last + 2, len(s) - 1)) == "PROPN")
    return (first, last) if opens and named else None  # « Lucas et Emma »


def _spoken_to(s: Sentence, head: int) -> bool:
    """« Monsieur, c'est dégueulasse »: a bare noun for a person before a comma."""
    return s.pos(head) == "NOUN" and is_person(s, head) and not s.is_a(head - 1, "determiners")


def dislocated_subject(s: Sentence, group: VerbGroup) -> int | None:
    """« le mec il est en larmes »: the noun that the clitic subject takes up, at the start of the clause."""
    if group.subject is not None and s.forms[group.subject] in ("on", "nous", "ils", "elles", "vous") and group.start > 3:
        joint = _joint_ending_at(s, group.start - 1 - (s.forms[group.start - 1] == ","))  # « mes frères et moi, on … »
        if joint is not None:
            return joint
    if group.subject is None or group.subject > group.verb or not s.is_a(group.subject, "he_she_they", "neuter_subjects"):
        return None
    before = group.start - 1
    comma = before >= 0 and s.forms[before] == ","
    before -= comma
    clitic, neuter = s.forms[group.subject], s.is_a(group.subject, "neuter_subjects")
    if comma and neuter and is_person(s, before) and any(s.is_a(c, "third_person_accusatives") for c in group.clitics):
        return None  # « Mes parents, ça les a consternés »
    if comma and not neuter and (head := over_insertion(s, group)) is not None:
        return head if s.morph(head, "Gender") in ("", _GENDER[clitic]) else None
    named = before >= 0 and not comma and bare_name(s, before)  # « jte jure sarah elle est … »
    if named and clitic in ("il", "elle"):
        return before
    if before < 0 or s.pos(before) not in ("NOUN", "PROPN") or s.is_a(before, "subordinators", "strong_pronouns"):
        return None
    head = phrase_head(s, before)
    while head and s.pos(head) == "PROPN" and s.pos(head - 1) in ("NOUN", "PROPN") and s.forms[head - 1][-1:].isalpha():
        head -= 1  # « ma tante Sylvie »
    if (
        head is None
        or (head == 0 and comma and s.pos(0) != "NOUN" and not bare_name(s, 0))  # « Soulagé, il … »
        or s.is_a(head, "temporal_nouns")
        or (comma and neuter and _spoken_to(s, head))
        or (comma and not neuter and not is_person(s, head))
        or preposition_of(s, head) is not None
        or not (opens_clause(s, head) or (not comma and _after_comma(s, head)))
    ):
        return None
    gender = s.morph(head, "Gender")
    wanted = _GENDER.get(clitic, gender)
    return head if gender == wanted or not gender else None


_GENDER = {"il": "Masc", "ils": "Masc", "elle": "Fem", "elles": "Fem"}


def _after_comma(s: Sentence, head: int) -> bool:
    """« j'arrive, le type il me regarde même pas »: whether the noun, with a definite determiner, follows a comma."""
    j = head - 1
    while j > 0 and s.pos(j) == "ADJ":
        j -= 1
    return j > 0 and s.is_a(j, *_DEFINITE) and s.forms[j - 1] == ","


_DEFINITE = ("definite_determiners", "demonstratives", "possessives")


def postposed(s: Sentence, group: VerbGroup) -> int | None:
    """« ça m’énerve, ce bruit », « il était content, mon père »: the noun phrase after a comma that the clitic subject announces."""
    if group.subject is None or not s.is_a(group.subject, "he_she_they", "neuter_subjects"):
        return None
    form = s.forms[group.subject]
    comma = next((j for j in range(group.verb + 1, min(group.verb + 8, len(s))) if s.forms[j] == "," or s.forms[j] in STOPS), None)
    if comma is None or s.forms[comma] != "," or not s.is_a(comma + 1, *_DEFINITE):
        return None
    end = next((j for j in range(comma + 1, len(s)) if s.forms[j] in STOPS or s.forms[j] == ","), len(s))
    if end - comma > 7 or any(is_verb(s, k) for k in range(comma + 1, end)):
        return None
    head = next((k for k in range(comma + 2, end) if s.pos(k) in ("NOUN", "PROPN")), None)
    named = any(s.pos(k) in ("NOUN", "PROPN") for k in range(group.verb + 1, comma))
    if form in ("il", "elle") and named and "et" in s.forms[comma:end]:
        return None  # « elle a insulté le ciel, le bon Dieu et l'assureur »: the end of a list
    if head is None or s.is_a(head, "temporal_nouns") or (s.is_a(group.subject, "he_she_they") and not is_person(s, head)):
        return None
    gender = s.morph(head, "Gender")
    return head if _GENDER.get(form, gender) in (gender, "") or not gender else None


def noun_before(s: Sentence, i: int) -> int | None:
    """Head of the noun phrase that ends at token ``i``, or just before a comma there."""
    while i > 0 and s.is_a(i, "adverbs_after_subjects"):
        i -= 1
    if i >= 0 and s.forms[i] in (",", ")"):
        return None if i == 0 else _before_insertion(s, i)
    if is_one_of_two(s, i):
        return i
    if i < 0 or s.forms[i] in STOPS or s.pos(i) not in (*NOMINAL, "ADJ", "VERB", "ADV") or s.is_a(i, "subordinators", "object_clitics"):
        return None
    head = i if s.is_a(i, "phrases_of_one_word") else phrase_head(s, i)
    return head if head is None else one_of(s, head)


def one_of(s: Sentence, head: int) -> int:
    """« rien de tout cela », « aucun de mes frères », « l'un d'eux »: the pronoun over the phrase."""
    j = head - 1
    if j >= 0 and (s.pos(head) == "NUM" or s.forms[head] in ("tous", "toutes")) and s.forms[j] in ("nous", "vous", "eux", "elles"):
        return j  # « vous deux »
    while j > 0 and s.is_a(j, "determiners") and not s.is_a(j, "of"):
        j -= 1
    if j > 0 and s.is_a(j, "of") and s.is_a(j - 1, "pronouns_of_a_part"):
        return j - 1
    return head


def _before_insertion(s: Sentence, comma: int) -> int | None:
    found = _insertion(s, comma)
    return found if found is not None and (opens_clause(s, found) or s.forms[found] == "autres") else None


def _insertion(s: Sentence, comma: int) -> int | None:
    """« Ma fille, inquiète de …, m’appelait »: the noun before the inserted phrase that ends at this comma."""
    for j in range(comma - 1, 0, -1):
        if s.forms[j] in STOPS:
            return None
        if s.forms[j] == "," and (s.pos(j - 1) in NOMINAL or s.is_a(j - 1, "phrases_of_one_word")):
            head = j - 1 if s.is_a(j - 1, "phrases_of_one_word") else phrase_head(s, j - 1)
            if s.forms[j - 2 : j] == ["d'", "autres"]:
                return head
            before = None if head is None else preposition_of(s, head)
            return head if before is None or s.is_a(before, "subordinators") else None
    return phrase_head(s, comma - 1) if s.pos(comma - 1) in ("PROPN", "PRON") or s.is_a(comma - 1, "persons") else None
