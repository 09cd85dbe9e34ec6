"""Consequences within a sentence: « tellement … que », « alors », « au point de », what an emotion makes one do."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb, is_wanted, opens_reason
from ressenti.rules.syntax.clauses import starts_clause
from ressenti.rules.syntax.functions import function, itself, longest_word
from ressenti.rules.syntax.nominals import focused_verb, relative_after, verb_of
from ressenti.rules.syntax.subjects import governor
from ressenti.rules.syntax.verbs import is_infinitive, verb_group
from ressenti.rules.words import load_words

_PHRASES = load_words()["connectors_of_consequence"]
_CONNECTORS = [phrase.replace("'", "' ").split() for phrase in _PHRASES]
"""Of which only one may start at a token."""
_OF_CONNECTORS = frozenset([longest_word(phrase) for phrase in _PHRASES]) | {"aussi"}


@function("so-that", among=load_words()["consecutive_degrees"] | {"point", "si"})
def so_that(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« que » of a consecutive (« tellement peur que … », « si fort que … », « au point de … »)."""
    for j in range(i + 1, len(s)):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] == "point" and s.forms[j - 1] in ("au", "tel"):
            return [j]
        if s.forms[j] in ("que", "qu'") and s.is_a(j - 1, "conjunctions_with_que"):
            continue
        if s.forms[j] in ("que", "qu'") and any(_measures(s, k, j) for k in range(max(i - 6, 0), j)):
            if is_wanted(s, j):
                return []
            return [] if _of_another(s, i, j) else [j]
    return []


def _of_another(s: Sentence, i: int, that: int) -> bool:
    """« amère, et tellement fatiguée que … »: the degree stands past a comma or *et*, on another predicate."""
    near = {"tellement", "si", "tant"} & set(s.forms[max(i - 3, 0) : i])
    later = next((k for k in range(i + 1, that) if s.forms[k] in ("tellement", "si", "tant")), None)
    return not near and later is not None and s.forms[later - 1] in (",", "et", "mais") and s.pos(later + 1) in ("ADJ", "VERB")


def _measures(s: Sentence, k: int, that: int) -> bool:
    if opens_reason(s, k):
        return False
    if s.is_a(k, "consecutive_degrees"):
        return not (s.forms[k] == "tant" and s.forms[max(k - 3, 0) : k][-1:] == ["pas"])  # « pas tant A que B »
    return s.forms[k] == "si" and k < that - 1 and not s.is_a(k + 1, "subject_clitics", "determiners")


@function("so-much", among="tant tellement")
def so_much(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« je n'osais plus respirer, tant j'étais heureuse »: *tant* or *tellement*; what stands before it is the consequence."""
    for v in (i, *governor(s, i, frozenset())):
        start = verb_group(s, v).start
        while (
            is_verb(s, v)
            and start > 1
            and s.forms[start - 1] not in (",", "tant", "tellement")
            and (s.pos(start - 1) in ("NOUN", "DET", "ADJ") or s.is_a(start - 1, "prepositions"))
            and s.forms[start - 2 : start]
            not in (["tant", "de"], ["tant", "d'"], ["tellement", "de"])  # « alors que tant de collègues m'enviaient »
        ):
            start -= 1  # « tant sa sollicitude m'exaspérait »
        if (
            start > 1
            and is_verb(s, v)
            and s.forms[start - 2] not in ("pas", "en")
            and s.forms[start - 1] in ("tant", "tellement")
            and is_finite(s, v)
        ):  # not « j'aimerais tant être fière »
            return [start - 1]
    return []


@function("so-much-because", among="tant tellement")
def so_much_because(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il tremblait tellement il avait peur »: *tellement* or *tant* after the token, with a clause that says why."""
    for j in range(i + 1, min(i + 14, len(s) - 1)):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("tant", "tellement") and s.forms[j + 1] not in ("que", "qu'") and starts_clause(s, j + 1):
            return [] if s.is_a(j - 1, "auxiliaries") or ({"que", "qu'"} & set(s.forms[j:]) and s.forms[j + 1] == "de") else [j]
    return []


@function("therefore", among=_OF_CONNECTORS)
def therefore(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« j'étais déçue, alors j'ai éteint », « …, du coup … », « …, si bien que … »: the connector's last word, after the token."""
    if _in_subordinate(s, i):
        return []
    for j in range(i + 1, len(s) - 2):
        if s.forms[j] in STOPS and s.forms[j] not in (":", ";"):
            return []
        last = _therefore_at(s, j)
        if last is not None:
            return [last]
        if s.forms[j] in (",", "et", "mais") and starts_clause(s, j + 1) and _therefore_at(s, j + 1) is None:
            return []  # another clause stands between
    return []


def _in_subordinate(s: Sentence, i: int) -> bool:
    """Whether a subordinator or a relative opens the clause of a token."""
    for k in range(i - 1, -1, -1):
        if s.forms[k] in STOPS or s.forms[k] in (",", "et", "mais"):
            return False
        if s.is_a(k, "relative_pronouns", "circumstantial_subordinators"):
            return s.forms[k] != "si" or s.is_a(k + 1, "subject_clitics", "determiners")
    return False


@function("as-result", among=_OF_CONNECTORS)
def as_result(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« on m'a oublié, alors j'ai pleuré »: the first word of the connector before the token; the clause before it is the cause."""
    for j in range(i - 1, 1, -1):
        if s.forms[j] in STOPS and s.forms[j] not in (":", ";"):
            return []
        last = _therefore_at(s, j)
        if last is not None and last < i:
            if any(s.forms[k] in (",", "et", "mais") and starts_clause(s, k + 1) for k in range(last + 2, i)):
                return []
            return [j - (s.forms[j - 1] in (",", "et"))]
    return []


def _therefore_at(s: Sentence, j: int) -> int | None:
    """Last word of a connector of consequence that starts at ``j`` and has a clause after it."""
    if j < 2:
        return None
    if s.forms[j] == "aussi":  # « …, aussi ont-ils vendu le chalet »
        verb = next((k for k in range(j + 1, min(j + 4, len(s) - 1)) if is_verb(s, k) and is_finite(s, k)), None)
        inverted = verb is not None and (s.is_a(verb + 1, "inverted_subjects") or s.forms[verb + 1] == "-t")
        return j if s.forms[j - 1] in (",", ";", ":") and inverted else None
    for words in _CONNECTORS:
        if s.forms[j : j + len(words)] == words:
            last = j + len(words) - 1
            single = len(words) == 1
            if single and (s.forms[last + 1] in ("que", "qu'", "même") or s.forms[j - 1] in ("ou", "mais", "jusque", "jusqu'")):
                return None
            if single and is_verb(s, j - 1) and is_finite(s, j - 1) and not starts_clause(s, last + 1):
                return None
            after = last + 1 + (s.forms[last + 1 : last + 2] == [","])
            return last if words[-1] in ("que", "qu'") or (after < len(s) and starts_clause(s, after)) else None
    return None


@function("made-to", seeks=itself)
def made_to(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« la honte m'a empêché de parler », « son chagrin le rend plus doux »: the verb, one of these forms, whose subject the emotion is."""
    for v in (*verb_of(s, i, frozenset()), *focused_verb(s, i, frozenset({"qui"})), *_relative_verb(s, i)):
        for start in (v, *_second_verb(s, v)):
            for k in range(start, min(start + 4, len(s))):
                if s.forms[k] in wanted:
                    group = verb_group(s, k)
                    denied = any(s.forms[j] in ("ne", "n'", "pas") for j in group.negation)  # « ne m'a pas empêchée de parler »
                    return [k] if not denied and (group.clitics or s.is_a(k + 1, "determiners")) else []
                if not (is_verb(s, k) or s.is_a(k, "adverbs", "negators")):
                    break
    return []


def _relative_verb(s: Sentence, i: int) -> list[int]:
    """« une colère qui m'a fait crier »: the verb of the relative clause right after the noun, or after its adjective."""
    who = relative_after(s, i, ("qui",))
    if who is None or who > i + 2:
        return []
    return [k for k in range(who + 1, min(who + 5, len(s))) if is_verb(s, k) and is_finite(s, k)][:1]


def _second_verb(s: Sentence, v: int) -> list[int]:
    """« le remords me ronge et m'empêche de dormir »: the finite verb after *et* and clitics, with no subject of its own."""
    for j in range(v + 1, min(v + 5, len(s))):
        if s.forms[j] in STOPS or s.forms[j] == ",":
            return []
        if s.forms[j] == "et":
            k = j + 1
            while (s.is_a(k, "object_clitics") and not s.is_a(k, "subject_clitics")) or s.is_a(k, "negators"):
                k += 1
            return [k] if k < len(s) and k > j + 1 and is_verb(s, k) and is_finite(s, k) else []
    return []


@function("driven-to", seeks=itself)
def driven_to(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """« la colère m'a poussé à téléphoner »: the infinitive after the verb, one of these forms, whose subject the emotion is."""
    for v in made_to(s, i, wanted):
        for k in range(v + 1, min(v + 7, len(s) - 1)):
            if s.forms[k] == "a" or s.is_a(k, "links_of_infinitives"):
                return [m for m in range(k + 1, min(k + 5, len(s))) if is_infinitive(s, m)][:1]
    return []


@function("degree-for", among="pour à")
def degree_for(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« trop honteux pour répondre », « je l'aimais à en oublier mon nom », « … jusqu'à copier ses gestes »: the infinitive."""
    measured = {"trop", "assez", "suffisamment"} & set(s.forms[max(i - 3, 0) : i])
    for j in range(i + 1, min(i + (5 if measured else 3), len(s) - 1)):
        if s.forms[j] in STOPS or s.forms[j] == "," or s.is_a(j, "clause_boundaries"):
            return []
        after = j + 1 + (s.forms[j] == "à" and s.forms[j + 1] == "en")
        if (s.forms[j] == "pour" and measured) or (s.forms[j] == "à" and (after > j + 1 or s.forms[j - 1] in ("jusque", "jusqu'"))):
            return [k for k in range(after, min(after + 5, len(s))) if is_infinitive(s, k)][:1]
    return []


@function("hence-this", among="d'")
def hence_this(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« il craint les chiens, d'où ce détour »: the *où* after the token, which opens what came of it."""
    for j in range(i + 1, len(s) - 3):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j : j + 3] == [",", "d'", "où"]:
            return [j + 2] if s.is_a(j + 3, "determiners") else []
    return []


@function("as-first", among="comme")
def as_first(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« Comme il appréhendait la piqûre, il a reporté son rendez-vous »: the comma before the main clause, of the same person."""
    if s.forms[0] != "comme" or not starts_clause(s, 1) or s.forms[1] == "si":
        return []
    comma = next((j for j in range(2, len(s)) if s.forms[j] == "," or s.forms[j] in STOPS), len(s))
    if i > comma or s.forms[comma : comma + 1] != [","] or not starts_clause(s, comma + 1):
        return []
    return [comma] if s.is_a(1, "first_person") == s.is_a(comma + 1, "first_person") else []
