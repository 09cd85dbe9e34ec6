"""Across what is inserted between commas: the noun that an adjective or a clitic subject after the insertion goes back to.

The parser hangs what follows an insertion on the insertion itself (« une gamine, en pyjama, pétrifiée »: *pyjama*), or on the subject.
"""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import NOMINAL, agree, is_finite, is_person, is_verb, opens_clause, phrase_head, preposition_of
from ressenti.rules.syntax.verbs import VerbGroup, looks_like_participle


def past_insertion(s: Sentence, i: int) -> int | None:
    """The noun before the insertion after which an adjective or participle stands.

    « mon frère, qui dormait, tout étonné »: the antecedent of the relative clause; « Nos amis, Paul et Jeanne, ravis »: what opens the
    clause; « j'ai vu une gamine, en pyjama, pétrifiée »: somebody who is new in the account, or the subject.

    Args:
        s: The sentence.
        i: The adjective or participle.

    Returns:
        Head of the noun phrase, a person that agrees; None where there is no such insertion.
    """
    close = _comma_before(s, i)
    if close is None:
        return None
    inner = next((k for k in range(close - 1, 0, -1) if s.forms[k] == "," or s.forms[k] in STOPS), 0)
    if s.forms[inner] != "," or inner + 1 >= close:
        return None
    head = phrase_head(s, inner - 1) if s.pos(inner - 1) in NOMINAL else None
    if head is None or s.is_a(head, "temporal_nouns", "bearers") or not agree(s, head, i):
        return None
    told = any(is_verb(s, k) and is_finite(s, k) for k in range(inner + 1, close))
    if s.is_a(inner + 1, "relative_pronouns") or (s.is_a(inner + 1, "of", "to") and s.is_a(inner + 2, "relative_pronouns")):
        return head if told and is_person(s, head) else None
    if told:
        return None
    opens = opens_clause(s, head) and not _preposition(s, head)
    if s.is_a(inner + 1, "prepositions_of_insertions"):
        return head if is_person(s, head) and (opens or _is_new(s, head)) else None
    determined = s.is_a(inner + 1, "determiners") or s.pos(inner + 1) == "NUM" or s.forms[inner + 1] in ("tous", "toutes")
    return head if (determined or s.pos(inner + 1) == "PROPN") and opens and not s.is_a(head, "lifeless") else None


def _comma_before(s: Sentence, i: int) -> int | None:
    """The comma right before an adjective, adverbs and another adjective apart (« …, tout étonné », « …, pâle et déçue »)."""
    j = i - 1
    while j > 0 and s.is_a(j, "adverbs", "all"):
        j -= 1
    if (
        j > 2
        and s.forms[j] in ("et", "mais")
        and (s.pos(j - 1) == "ADJ" or looks_like_participle(s.forms[j - 1]))
        and s.forms[j - 2] == ","
    ):
        j -= 2
    return j if j > 1 and s.forms[j] == "," else None


def _preposition(s: Sentence, head: int) -> bool:
    """Whether a preposition introduces the phrase; the parser calls a conjunction before it one as well."""
    found = preposition_of(s, head)
    return found is not None and not s.is_a(found, "subordinators")


def _is_new(s: Sentence, head: int) -> bool:
    """Whether the noun has an indefinite determiner."""
    j = head - 1
    while j > 0 and s.pos(j) in ("ADJ", "ADV"):
        j -= 1
    return s.is_a(j, "indefinite_determiners")


def over_insertion(s: Sentence, group: VerbGroup) -> int | None:
    """« Sa femme, quand je lui ai raconté, elle a pleuré »: the noun that the clitic subject takes up after an occasion between commas."""
    close = group.start - 1
    if close < 4 or s.forms[close] != ",":
        return None
    commas = [k for k in range(close) if s.forms[k] == "," or s.forms[k] in STOPS]
    if not commas or s.forms[commas[-1]] != "," or not s.is_a(commas[-1] + 1, "openings_of_occasions"):
        return None
    before = commas[-1] - 1
    head = phrase_head(s, before) if before >= 0 and s.pos(before) in NOMINAL else None
    if head is None or s.is_a(head, "strong_pronouns") or not is_person(s, head) or _preposition(s, head) or not opens_clause(s, head):
        return None
    return None if any(is_verb(s, k) and is_finite(s, k) for k in range(head, commas[-1])) else head


def after_conjunction(s: Sentence, head: int, group: VerbGroup) -> int:
    """« à tous les repas et tout le monde rigole »: the noun after the *et* where the one before it cannot be the subject, else itself."""
    joined = next((k for k in range(group.start - 2, head, -1) if s.forms[k] == "et"), None)
    if joined is None or any(is_verb(s, k) and is_finite(s, k) for k in range(joined, group.start)):
        return head
    article = s.is_a(joined + 1, "determiners") and not s.is_a(joined + 1, "of", "to")
    if not (article or s.is_a(joined + 1, "all") or s.pos(joined + 1) == "PROPN"):
        return head
    several = s.forms[group.finite].endswith(("nt", "mes", "tes", "ons", "ez"))
    if several and opens_clause(s, head) and not _preposition(s, head):
        return head
    return next((k for k in range(joined + 1, group.start) if s.pos(k) in ("NOUN", "PROPN")), head)


def relative_set_off(s: Sentence, head: int, end: int) -> int | None:
    """The relative pronoun after a noun phrase where commas set its clause off from the verb at ``end``."""
    name = head
    while name + 1 < end and s.pos(name + 1) == "PROPN":
        name += 1
    pronoun = name + 2 + s.is_a(name + 2, "prepositions_before_relatives")
    inside = end - 1 > pronoun and s.forms[end - 1] == "," and s.forms[name + 1] == ","
    return pronoun if inside and s.is_a(pronoun, "relative_pronouns") else None


def aside_before(s: Sentence, comma: int) -> int | None:
    """The comma that opens an aside of its own verb which ends at a comma (« J'étais, je crois, plus anxieuse »), or None."""
    first = next((k for k in range(comma - 2, max(comma - 6, 0), -1) if s.forms[k] == ","), None)
    if first is None or s.forms[first + 1] not in ("je", "j'") or not s.is_a(first - 1, "be"):
        return None  # « il riait, je pleurais, triste »
    told = is_verb(s, comma - 1) and is_finite(s, comma - 1)
    return first if told and not any(s.is_a(k, "auxiliaries") for k in range(first, comma)) else None
