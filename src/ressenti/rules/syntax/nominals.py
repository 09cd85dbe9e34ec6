"""Around nouns and adjectives: possessors, qualified nouns, the verb whose subject a noun is, clefts."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import complements
from ressenti.rules.syntax.basics import agree, is_finite, is_person, is_verb, opens_clause, phrase_head
from ressenti.rules.syntax.functions import function


@function("possessor")
def possessor(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ma peur », « les mains de Paul »: a possessive, a person after *de*, or the dative of the verb (« les larmes me montent »)."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if s.is_a(j, "possessives"):
            return [j]
        if s.pos(j) not in ("ADJ", "ADV", "NUM", "DET"):
            break
    return [c for c in complements(s, i, frozenset({"de", "d'", "du", "des"})) if is_person(s, c)][:1]


@function("noun")
def noun(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The noun that the adjective or participle at ``i`` qualifies directly (« un enfant triste », « Paul, furieux, »)."""
    head = s.head(i)
    adjacent = abs(i - head) < 4 and not s.stop_between(i, head) and not any(is_verb(s, k) for k in range(min(i, head) + 1, max(i, head)))
    if s.dep(i) in ("amod", "acl", "appos") and s.pos(head) in ("NOUN", "PROPN") and adjacent and agree(s, head, i):
        return [head]
    if i + 1 < len(s) and s.pos(i + 1) == "NOUN" and i > 0 and s.is_a(i - 1, "determiners"):
        return [i + 1]
    before = i - 1
    comma = False
    while before > 0 and (
        s.is_a(before, "adverbs", "negators") or s.forms[before] in (",", "et", "mais") or (comma and s.pos(before) == "ADJ")
    ):
        comma = comma or s.forms[before] == ","
        before -= 1
    if before < 0 or s.pos(before) not in ("NOUN", "PROPN", "ADJ"):
        return []
    found = phrase_head(s, before)
    if found is None or s.pos(found) not in ("NOUN", "PROPN") or not agree(s, found, i):
        return []
    if s.forms[found] == "air":  # « l'air penaud »
        return []
    return [found] if not comma or s.pos(found) == "PROPN" or s.is_a(found, "persons") or opens_clause(s, found) else []


@function("verb-of")
def verb_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The verb whose subject the noun at ``i`` is; with forms, only such a verb."""
    head = s.head(i)
    candidates = [head] if s.dep(i) == "nsubj" and is_verb(s, head) and head > i and is_finite(s, head) else []
    for j in range(i + 1, min(i + 8, len(s))):
        if s.forms[j] in (*STOPS, ",") or s.is_a(j, "subordinators") or (s.is_a(j, "subject_clitics") and not s.is_a(j, "object_clitics")):
            break
        if is_verb(s, j) and is_finite(s, j):
            lexical = next((k for k in range(j + 1, min(j + 4, len(s))) if is_verb(s, k) and s.is_a(j, "auxiliaries")), j)
            candidates.append(lexical)
            break
    return [v for v in candidates if not wanted or s.forms[v] in wanted][:1]


@function("focused-verb")
def focused_verb(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« c'est la peur qui m'a retenu », « c'est de la joie que j'ai ressentie »: the verb of the cleft whose focus the noun is."""
    if not any(s.forms[k] in ("c'", "ce") and s.is_a(k + 1, "be") for k in range(max(i - 7, 0), i)) or s.forms[i + 1 : i + 2] not in (
        ["qui"],
        ["que"],
        ["qu'"],
    ):
        return []
    if wanted and s.forms[i + 1] not in wanted:
        return []
    verbs = [k for k in range(i + 2, min(i + 9, len(s))) if is_verb(s, k) and not s.is_a(k, "auxiliaries")]
    return verbs[:1]


@function("absolute")
def absolute(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """The token itself when its noun phrase is set off by a comma (« il me regardait, les yeux humides »)."""
    j = i - 1
    while j >= 0 and (s.is_a(j, "determiners") or s.pos(j) in ("ADJ", "NUM")):
        j -= 1
    return [i] if j > 0 and s.forms[j] == "," else []


@function("introduced-by")
def introduced_by(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """The preposition right before the noun phrase of the token, when it is one of these forms."""
    for j in range(i - 1, max(i - 5, -1), -1):
        if s.forms[j] in wanted:
            return [j]
        if s.pos(j) not in ("DET", "ADJ", "ADV", "NUM") and not s.is_a(j, "determiners"):
            return []
    return []
