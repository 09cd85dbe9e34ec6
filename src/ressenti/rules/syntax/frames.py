"""Causes in frames of several words: « il a suffi de X pour que », « si P, c'est que Q », « d'autant plus que », « … : P »."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_person, is_verb, phrase_after
from ressenti.rules.syntax.clauses import before_main_clause, starts_clause
from ressenti.rules.syntax.functions import function, itself
from ressenti.rules.syntax.verbs import looks_like_participle


@function("it-took", among="suffi suffit suffisait fallu fallut")
def it_took(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il a suffi qu'elle sourie pour que je pleure », « il suffit d'un mot pour me vexer »: what was enough, or had to be."""
    k = next((k for k in range(i - 1, 0, -1) if s.forms[k].startswith("suffi") or s.forms[k] in ("fallu", "fallut")), None)
    if k is None or s.stop_between(k, i) or "pour" not in s.forms[k:i]:
        return []
    if s.forms[k + 1] in ("que", "qu'"):
        return [k + 1]
    head = phrase_after(s, k + 1) if s.forms[k + 1] in ("de", "d'", "du") else None
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


@function("explained", among=":")
def explained(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Le boulanger rayonnait : sa fille reprenait le fournil »: the colon after the clause of the token; the clause after it says why."""
    colon = next((j for j in range(i + 1, len(s) - 2) if s.forms[j] in STOPS), None)
    if colon is None or s.forms[colon] != ":" or s.forms[-1] == "?" or s.forms[colon + 1] in _NO_REASON or s.forms[colon + 1] in STOPS:
        return []
    start = max((j + 1 for j in range(i) if s.forms[j] in STOPS), default=0)
    if any(s.is_a(k, "negators") or s.forms[k] in _DENIED for k in range(start, colon)):
        return []  # « je n'étais pas en colère : elle ne m'avait rien promis »
    whoever = any(s.is_a(k, "relative_pronouns") and s.forms[k - 1] in ("ceux", "celles", "celui", "celle") for k in range(start, i))
    if whoever or any(is_verb(s, k) and is_finite(s, k) for k in range(i + 1, colon)):
        return []
    verb = next((k for k in range(colon + 1, len(s)) if s.forms[k] in STOPS or (is_verb(s, k) and is_finite(s, k))), len(s))
    if verb == len(s) or s.forms[verb] in STOPS:
        return []
    nobody = s.forms[colon + 1] == "il" and s.forms[colon + 2].startswith(_IMPERSONAL)
    return [colon] if nobody or _of_another(s, start, colon) or _was_before(s, verb) else []


_DENIED = frozenset({"ne", "n'", "ni", "nul", "nulle", "nuls", "nulles"})
_NO_REASON = frozenset({"oui", "non", "si", "et", "voilà", "comment", "pourquoi", "que", "qu'", "-", "maintenant"})
_IMPERSONAL = ("y", "manqu", "fall", "faut", "suffi", "reste", "pleu", "neige")
_I = ("je", "j'", "nous", "on")
_THEY = ("il", "elle", "ils", "elles", "on")


def _of_another(s: Sentence, start: int, colon: int) -> bool:
    """Whether the clause after a colon has another subject than the one before it (« il a pleuré : | sa femme est partie »)."""
    first = s.forms[colon + 1]
    by_speaker = any(s.forms[k] in _I for k in range(start, colon))
    return first not in _I if by_speaker else first not in _THEY


def _was_before(s: Sentence, verb: int) -> bool:
    """Whether a verb is in the pluperfect, or says what one thought (« j'avais honte : | j'avais crié », « … : je croyais que … »)."""
    past = s.forms[verb].endswith(("ais", "ait", "aient"))
    return past and (
        s.forms[verb].startswith(("croy", "pens", "sav"))
        or (s.is_a(verb, "auxiliaries") and any(looks_like_participle(s.forms[k]) for k in range(verb + 1, min(verb + 4, len(s)))))
    )
