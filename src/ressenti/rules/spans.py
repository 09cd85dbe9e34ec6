"""From the head of a role to its span: what the guidelines include and leave out (sections 1 and 5)."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import is_finite, is_verb, preposition_of
from ressenti.rules.syntax.verbs import verb_group

_EDGE = frozenset({",", "et", "mais", "ou", "-", "–", "—", "(", ")", "«", "»", '"', "hein", "enfin", "donc"})


_CIRCUMSTANTIAL = frozenset({"par", "pour", "avec", "sans", "malgré", "depuis", "pendant", "avant", "après", "dès", "quand", "lorsque"})
"""Prepositions that seldom belong to the noun before them, whatever the parser says: « il amuse les enfants par ses grimaces »."""


def _modified(s: Sentence, i: int) -> bool:
    """Whether a participle or a noun of relation stands before the preposition (« un projet soutenu par … », « l'amour pour … »)."""
    return s.morph(i, "VerbForm") == "Part" or s.forms[i] in ("amour", "haine", "respect", "passion", "peur", "colère", "jalousie")


def token_span(s: Sentence, i: int) -> tuple[int, int]:
    """A word alone."""
    return i, i


def role_span(s: Sentence, head: int, cue: frozenset[int], function: str) -> tuple[int, int] | None:
    """First and last token of a role.

    Args:
        s: The sentence.
        head: Where the path ended.
        cue: Tokens of the cue, which no role includes.
        function: Name of the last function of the path.

    Returns:
        Token indices, both included, or None when nothing is left.
    """
    if function == "its-cleft":
        end = next((k for k in range(head + 2, len(s)) if s.forms[k] in ("qui", "que", "qu'")), head)
        return _trim(s, head + 1 + (s.forms[head + 1] in ("en", "de", "à", "pas")), end - 1, cue)
    if function == "so-much":
        return clause_before(s, head, cue)
    if function == "dislocated":
        return _trim(s, head + (s.forms[head] in ("que", "qu'")), next(k for k in range(head, len(s)) if s.forms[k] == ",") - 1, cue)
    if function in ("clause", "gerund", "so-that", "cleft", "if-clause"):
        return clause_after(s, head, cue)
    if s.forms[head] == "ce" and s.is_a(head + 1, "relative_pronouns"):
        return phrase(s, head, cue)
    if s.is_a(head, "subject_clitics", "object_clitics", "inverted_subjects", "possessives", "first_person") and s.pos(head) not in (
        "NOUN",
        "PROPN",
    ):
        return head, head
    if s.pos(head) in ("VERB", "AUX") or (
        is_verb(s, head) and s.pos(head) != "PRON" and not s.is_a(head, "object_clitics", "subject_clitics")
    ):
        return verb_clause(s, head, cue)
    return phrase(s, head, cue)


def phrase(s: Sentence, head: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The noun phrase of a head, without the preposition before it and without a relative clause that holds the cue."""
    if s.forms[head] == "ce" or s.forms[head : head + 2] == ["tout", "ce"]:  # « tout ce qui existait avant lui »
        limit = next((j for j in range(head + 1, len(s)) if s.forms[j] in (*STOPS, ",") or j in cue), len(s))
        return _trim(s, head, limit - 1, cue)
    inside = set(s.subtree(head))
    first = last = head
    if s.pos(head) == "PROPN" and head > 0 and s.is_a(head - 1, "persons"):  # « mon collègue Didier »
        inside |= {head - 1, head - 2}
    preposition = preposition_of(s, head)
    while (
        first - 1 in inside
        and first - 1 not in cue
        and first - 1 != preposition
        and s.forms[first - 1] not in STOPS | _EDGE
        and s.pos(first - 1) != "ADP"
    ):
        first -= 1
    while (
        first > 0 and first - 1 not in cue and (s.pos(first - 1) in ("DET", "ADJ", "NUM") or s.is_a(first - 1, "possessives"))
        and not s.is_a(first, "determiners") and s.forms[first - 1] not in ("du", "des", "au", "aux") and s.forms[first - 1] not in STOPS
    ):  # fmt: skip
        first -= 1
    limit = min((c for c in cue if c > head), default=len(s))
    for j in range(head + 1, limit):
        if s.forms[j] in STOPS:
            limit = j
            break
        if limit < len(s) and s.is_a(j, "relative_pronouns"):  # the cue stands in the relative clause
            limit = j
            break
    name = s.pos(head) in ("PROPN", "PRON")
    last = max(last, min(s.memo.get(("joint", head), last), limit - 1))  # coordinated subjects
    while last + 1 < limit and last + 1 in inside:
        follows = s.forms[last + 1]
        if follows == "," and not s.is_a(last + 2, "relative_pronouns") and not s.is_a(last + 3, "relative_pronouns"):
            break  # an apposition
        if follows in _CIRCUMSTANTIAL and not _modified(s, last):
            break
        if (follows == "et" and s.pos(min(last + 2, len(s) - 1)) in ("ADP", "VERB", "AUX")) or (
            name and s.pos(last + 1) == "ADP" and follows not in ("de", "d'", "du")
        ):
            break
        last += 1
    return _trim(s, first, last, cue)


def verb_clause(s: Sentence, verb: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The clause of a verb: from its subject, or the infinitive itself, to its end."""
    group = verb_group(s, verb)
    over = s.head(verb) if s.dep(verb) in ("cop", "aux") and s.head(verb) > verb else verb
    inside = [i for i in s.subtree(over) if i not in cue]
    first = group.start
    if group.subject is None and is_finite(s, verb):
        subjects = [c for c in s.children(verb) if s.dep(c) == "nsubj" and c < group.start]
        if subjects and not any(s.forms[k] in STOPS for k in range(subjects[0], verb)):
            span = phrase(s, subjects[0], cue)
            first = span[0] if span else first
    while first < verb and (s.forms[first] in ("de", "d'", "à", "que", "qu'", "pour", "en", "du", "des", "qui") or first in cue):
        first += 1
    last = verb
    while last + 1 < len(s) and last + 1 in inside and s.forms[last + 1] not in STOPS:
        last += 1
    last = min(last, _end_of_clause(s, first, last + 1, consecutive=True) - 1)
    return _trim(s, first, last, cue)


def clause_after(s: Sentence, conjunction: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """What a conjunction introduces, up to the end of its clause."""
    first = conjunction + 1
    while first < len(s) and s.forms[first] in ("que", "qu'", "de", "d'", "du", "des", "à", "l'idée", ","):
        first += 1
    limit = min((c for c in cue if c > conjunction), default=len(s))
    for j in range(first, limit):
        if s.forms[j] in STOPS:
            limit = j
            break
    if limit < len(s) and limit in cue:  # « Quand P, j’ai eu peur »: up to the comma before the main clause
        commas = [j for j in range(first + 1, limit) if s.forms[j] == ","]
        if commas:
            limit = next((j for j in commas if s.is_a(j + 1, "subject_clitics") or s.forms[j + 1] in ("moi", "alors", "là")), commas[0])
        else:
            limit = min(limit, verb_group(s, limit).start)
    else:
        limit = _end_of_clause(s, first, limit)
    return _trim(s, first, limit - 1, cue)


def clause_before(s: Sentence, end: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The clause that ends right before a token."""
    first = end - 1
    while (
        first > 0
        and s.forms[first - 1] not in STOPS
        and not (s.forms[first - 1] in (",", "et", "mais") and s.is_a(first, "subject_clitics"))
    ):
        first -= 1
    return _trim(s, first, end - 1, cue)


def _end_of_clause(s: Sentence, first: int, limit: int, consecutive: bool = False) -> int:
    """A comma or a coordination that starts another main clause ends the clause."""
    seen_verb = False
    for j in range(first, limit):
        if consecutive and seen_verb and s.forms[j] in ("que", "qu'") and {"tellement", "tant"} & set(s.forms[max(first - 6, 0) : first]):
            return j  # « tellement peur de caler que … »
        if seen_verb and s.forms[j] in (",", "et", "mais", "puis", "alors"):
            following = j + 1
            if following < limit and s.forms[following] in ("et", "mais", "puis", "alors", "donc", "du"):
                following += 1
            if (
                s.forms[j] == "mais"
                or (following < limit and s.is_a(following, "subject_clitics"))
                or (s.forms[j] == "," and s.forms[following : following + 1] in (["moi"], ["hein"], ["mais"]))
            ):
                return j
        seen_verb = seen_verb or is_verb(s, j)
    return limit


def _trim(s: Sentence, first: int, last: int, cue: frozenset[int]) -> tuple[int, int] | None:
    while first <= last and (s.forms[first] in _EDGE or s.forms[first] in STOPS or first in cue):
        first += 1
    while last >= first and (
        s.forms[last] in _EDGE or s.forms[last] in STOPS or s.pos(last) in ("PUNCT", "ADP", "SCONJ")
        or (last + 1 in cue and s.pos(last) == "ADV")
    ):  # fmt: skip
        last -= 1
    return (first, last) if first <= last else None
