"""Causes in frames of several words: « il a suffi de X pour que », « si P, c'est que Q », « d'autant plus … que Q »."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_person, is_verb, phrase_after
from ressenti.rules.syntax.clauses import before_main_clause, starts_clause
from ressenti.rules.syntax.functions import function, itself


@function("it-took", among="suffi suffit suffisait fallu fallut")
def it_took(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il a suffi qu'elle sourie pour que je pleure », « il suffit d'un mot pour me vexer »: what was enough, or had to be."""
    k = next((k for k in range(i - 1, 0, -1) if s.forms[k].startswith("suffi") or s.forms[k] in ("fallu", "fallut")), None)
    if k is None or s.stop_between(k, i) or "pour" not in s.forms[k:i]:
        return []
    if s.forms[k + 1] in ("que", "qu'"):
        return [k + 1]
    head = phrase_after(s, k + 1) if s.is_a(k + 1, "of") else None
    return [] if head is None or s.forms[head] == "pour" or s.is_a(head, "temporal_nouns") or s.forms[head] == "temps" else [head]


_DEGREE = ("plus", "moins")


@function("the-more", among="plus moins")
def the_more(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Plus elle insistait, plus il s'irritait »: the *plus* that opens the clause before; what it introduces is the cause."""
    begins = (*STOPS, ",", "car", "mais", "et")
    opening = next((j for j in range(i) if s.forms[j] in _DEGREE and (j == 0 or s.forms[j - 1] in begins)), None)
    if opening is None or s.stop_between(opening, i) or not _starts(s, opening + 1):
        return []
    second = second_degree(s, opening)
    return [opening] if second is not None and second < i else []


def second_degree(s: Sentence, opening: int) -> int | None:
    """The *plus* or *moins* that opens the second clause (« Plus elle insistait, | plus il s'irritait »), or None."""
    return next((k for k in range(opening + 3, len(s) - 1) if s.forms[k] in _DEGREE and _starts(s, k + 1)), None)


def _starts(s: Sentence, i: int) -> bool:
    """Whether a clause starts there, with a pronoun or with a noun and its verb (« plus | l'heure tournait »)."""
    if starts_clause(s, i):
        return True
    return s.is_a(i, "determiners") and any(is_verb(s, k) and is_finite(s, k) for k in range(i + 2, min(i + 5, len(s))))


@function("for-whom", among="pour")
def for_whom(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Pour ma mère, ce silence était une torture »: the person after a *pour* that opens the sentence or the clause, up to a comma."""
    for j in range(i - 2, -1, -1):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] == "pour" and (j == 0 or s.forms[j - 1] in (*STOPS, ",", "et", "mais")):
            head = phrase_after(s, j)
            set_off = head is not None and s.forms[head + 1 : head + 2] == [","] and head + 1 < i
            return [head] if head is not None and set_off and is_person(s, head) else []
    return []


@function("hence", among="d'")
def hence(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« le train était en retard, d'où mon agacement »: the comma; the clause before it is the cause."""
    found = (j for j in range(max(i - 5, 1), i - 1) if s.forms[j : j + 2] == ["d'", "où"])
    return [j - 1 for j in found if s.forms[j - 1] == "," and any(is_verb(s, k) for k in range(j))][:1]


@function("all-the-more", among="autant")
def all_the_more(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« j'étais d'autant plus vexée que c'était mon idée »: the « que » that completes *d'autant plus*."""
    if s.forms[max(i - 2, 0) : i] not in (["autant", "plus"], ["autant", "moins"]):
        return []
    return [j for j in range(i + 1, min(i + 12, len(s) - 1)) if s.forms[j] in ("que", "qu'")][:1]


@function("that-is-why", among="si s'")
def that_is_why(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« si elle a pleuré, c'est que vous l'avez blessée »: the « que » after *c'est*, where *si* opens the clause of the token."""
    comma = next((j for j in range(i + 1, len(s) - 3) if s.forms[j] == "," or s.forms[j] in STOPS), None)
    if comma is None or s.forms[comma + 1 : comma + 3] != ["c'", "est"] or s.forms[comma + 3] not in ("que", "qu'"):
        return []
    opens = (j for j in range(i) if s.forms[j] in ("si", "s'"))
    return [comma + 3] if any(s.is_a(j + 1, "subject_clitics", "determiners") or s.pos(j + 1) == "PROPN" for j in opens) else []


@function("reason-for", seeks=itself)
def reason_for(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« j'ai raccroché parce que j'avais honte »: the conjunction of the token's clause; what stands before is the consequence."""
    for j in range(i - 1, max(i - 16, 1), -1):
        if s.forms[j] in STOPS and s.forms[j] not in ("«", "»"):
            return []
        if s.forms[j] in wanted and not (s.forms[j] == "car" and s.is_a(j - 1, "determiners")):
            alone = before_main_clause(s, j + 1, i) == j + 1 and not any(
                s.forms[k] in (",", "et", "mais") and starts_clause(s, k + 1) for k in range(j + 2, i)
            )
            told = any(is_verb(s, k) and is_finite(s, k) for k in range(j))
            return [j - (s.forms[j - 1] in (",", "et"))] if alone and told and s.forms[j - 1] not in ("est", "était", "pas") else []
    return []
