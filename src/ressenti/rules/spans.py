"""From the head of a role to its span: what the guidelines include and leave out (sections 1 and 5)."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import bare_name, is_finite, is_verb, preposition_of
from ressenti.rules.syntax.clauses import announced, before_main_clause, clause_ending_before, cleft_before, end_of_clause, infinitive_at
from ressenti.rules.syntax.functions import FUNCTIONS
from ressenti.rules.syntax.insertions import relative_set_off
from ressenti.rules.syntax.verbs import is_infinitive, looks_like_infinitive, looks_like_participle, verb_group

_EDGE = frozenset({",", "et", "mais", "ou", "-", "–", "—", "(", ")", "«", "»", '"', "hein", "enfin", "donc"})


_NEVER_NOUNS = frozenset({"je", "j'", "tu", "il", "ils", "on"})
"""What the parser takes for a noun at times, and is none: « Tu devrais … »."""
_CIRCUMSTANTIAL = frozenset({"par", "pour", "avec", "sans", "malgré", "depuis", "pendant", "avant", "après", "dès", "quand", "lorsque"})
"""Prepositions that seldom belong to the noun before them, whatever the parser says: « il amuse les enfants par ses grimaces »."""


_CLAUSES = frozenset(
    {
        "clause",
        "occasion",
        "since",
        "gerund",
        "infinitive-clause",
        "if-clause",
        "so-that",
        "all-the-more",
        "that-is-why",
        "so-much-because",
        "therefore",
        "cleft",
        "equated",
    }
)
"""Functions that lead to the word that opens a clause."""


def _modified(s: Sentence, i: int) -> bool:
    """Whether a participle or a noun of relation stands before the preposition (« un projet soutenu par … », « l'amour pour … »)."""
    return s.morph(i, "VerbForm") == "Part" or s.forms[i] in ("amour", "haine", "respect", "passion", "peur", "colère", "jalousie")


def _outside(s: Sentence, i: int) -> bool:
    """Whether a token belongs to the verb beside a noun phrase, whatever the parser says (« C'est | mon frère | qui … »)."""
    if s.is_a(i, "determiners", "relative_pronouns", "subordinators"):
        return False
    return s.is_a(i, "subject_clitics", "object_clitics", "inverted_subjects", "auxiliaries") or s.forms[i] in ("ne", "n'") or (
        s.pos(i) in ("VERB", "AUX") and is_finite(s, i) and not looks_like_participle(s.forms[i])
    )  # fmt: skip


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
    if function in ("so-much", "resumed", "as-result"):
        return clause_before(s, head, cue)
    if function == "participle-clause":
        main = min((c for c in cue if c > head), default=None)
        return _trim(s, head, (end_of_clause(s, head) if main is None else before_main_clause(s, head, main)) - 1, cue)
    if function == "made-to":
        start = verb_group(s, head).start
        return _trim(s, start + (s.forms[start] == "qui"), end_of_clause(s, start) - 1, cue)
    if function == "fronted":
        first = head
        while (
            first > 0
            and s.forms[first - 1] not in STOPS
            and s.forms[first - 1] not in ("mais", "et", "car", ",")
            and s.pos(first - 1) != "ADV"
        ):
            first -= 1
        relative = next((k for k in range(head, min(cue)) if s.is_a(k, "relative_pronouns")), None)
        last = next(k for k in range(head, len(s)) if s.forms[k] == "," and (relative is None or k > relative + 1))
        return _trim(s, first, last - 1, cue)
    if function == "dislocated":
        return _trim(s, head + (s.forms[head] in ("que", "qu'")), next(k for k in range(head, len(s)) if s.forms[k] == ",") - 1, cue)
    if function == "stimulus" and s.forms[head] in ("que", "qu'"):  # « que tu viennes | me réjouit »
        return _trim(s, head + 1, _before_verb(s, head, cue), cue)
    if function == "reason-for":
        return clause_before(s, head, cue)
    if function == "it-took" and s.forms[head] in ("que", "qu'"):
        end = next(k for k in range(head + 1, len(s)) if s.forms[k] == "pour")
        return _trim(s, head + 1, end - 1, cue)
    if function in _CLAUSES:
        return clause_after(s, head, cue, function)
    if function in ("that", "driven-to"):
        return verb_clause(s, head, cue, function)
    if s.forms[head] == "ce" and s.is_a(head + 1, "relative_pronouns"):
        return phrase(s, head, cue)
    if s.is_a(head, "some_of") and s.forms[head + 1 : head + 2] in (["de"], ["d'"], ["parmi"]) and s.is_a(head + 2, "strong_pronouns"):
        return head, head + 2  # « aucun de nous »
    noun = s.forms[head] == "son" and s.is_a(head + 1, "prepositions")  # « le simple son de sa voix »
    if s.is_a(head, "subject_clitics", "object_clitics", "inverted_subjects", "possessives", "first_person") and not (
        noun or (s.pos(head) in ("NOUN", "PROPN") and s.forms[head] not in _NEVER_NOUNS)
    ):
        return head, head + 2 * (s.forms[head + 1 : head + 3] in (["-", "même"], ["-", "mêmes"]))
    if bare_name(s, head) and s.texts[head].islower():  # « sarah elle est … »
        return head, head
    copula = next((c for c in s.children(head) if c < head and s.dep(c) in ("cop", "aux") and s.forms[c] in ("être", "avoir")), None)
    if copula is not None and s.pos(head) not in ("VERB", "AUX"):  # « craindre d'être seul »
        return verb_clause(s, copula, cue, function)
    if (
        function == "that"
        or s.pos(head) in ("VERB", "AUX")
        or (is_verb(s, head) and s.pos(head) != "PRON" and not s.is_a(head, "object_clitics", "subject_clitics"))
    ):
        span = verb_clause(s, head, cue, function)
        if span is not None and function == "stimulus" and head < min(cue):  # « pleurer | me soulage »
            return span[0], min(span[1], max(_before_verb(s, head, cue), head))
        return span
    if function == "because-of" and (span := phrase(s, head, cue)):
        return span[0], _to_comma(s, span[1])
    if function in ("subject", "stimulus") and (whole := subject_phrase(s, head, cue)):
        return whole
    return phrase(s, head, cue)


def _to_comma(s: Sentence, last: int) -> int:
    """« à cause de ma bourde | en demi-finale, … »: a place or a manner between the phrase and the comma that sets it off belongs to it."""
    comma = next((k for k in range(last + 1, min(last + 6, len(s))) if s.forms[k] in (",", *STOPS)), None)
    if comma is None or s.forms[comma] != "," or s.forms[last + 1] not in ("en", "à", "au", "aux", "dans", "sur", "chez", "avec", "sous"):
        return last
    return last if any(is_verb(s, k) for k in range(last + 1, comma)) else comma - 1


def _before_verb(s: Sentence, first: int, cue: frozenset[int]) -> int:
    """The token before the verb whose subject the clause from ``first`` on is: the last finite one up to the cue, with its clitics."""
    verb = next((k for k in range(min(cue), first, -1) if is_verb(s, k) and is_finite(s, k)), min(cue))
    return verb_group(s, verb).start - 1


def phrase(s: Sentence, head: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The noun phrase of a head, without the preposition before it and without a relative clause that holds the cue."""
    if s.forms[head] == "ce" or s.forms[head : head + 2] == ["tout", "ce"]:  # « tout ce qui existait avant lui »
        limit = next((j for j in range(head + 1, len(s)) if s.forms[j] in (*STOPS, ",") or j in cue), len(s))
        limit = min(limit, verb_group(s, limit).start) if limit in cue else limit  # « Ce que tu dis | m'inquiète »
        if announced(s, head):  # « tellement honte de ce que j'avais dit que … »
            limit = next((j for j in range(head + 3, limit) if s.forms[j] in ("que", "qu'")), limit)
        return _trim(s, head, limit - 1, cue)
    if s.forms[head] in ("-là", "-ci", "là", "ci") and head > 0:  # « ces aubes-là »
        head -= 1 + (s.forms[head - 1] == "-")
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
        and not _outside(s, first - 1)
    ):
        first -= 1
    while (
        first > 0 and first - 1 not in cue and (s.pos(first - 1) in ("DET", "ADJ", "NUM") or s.is_a(first - 1, "possessives"))
        and (not s.is_a(first, "determiners") or first == head or s.forms[first - 1] in ("tout", "toute", "tous", "toutes"))
        and s.forms[first - 1] not in ("du", "des", "au", "aux") and s.forms[first - 1] not in STOPS
    ):  # fmt: skip
        first -= 1
    limit = min((c for c in cue if c > head), default=len(s))
    free = limit == len(s)  # no cue that a relative clause may hold
    limit = _end_of_cleft(s, head) or limit
    for j in range(head + 1, limit):
        if s.forms[j] in STOPS:
            limit = j
            break
        if not free and s.is_a(j, "relative_pronouns"):  # the cue stands in the relative clause
            limit = j
            break
    name = s.pos(head) in ("PROPN", "PRON")
    last = max(last, min(s.memo.get(("joint", head), last), limit - 1))  # coordinated subjects
    while last + 1 < limit and last + 1 in inside:
        follows = s.forms[last + 1]
        if _outside(s, last + 1) and not any(s.is_a(k, "relative_pronouns", "subordinators") for k in range(head + 1, last + 1)):
            break
        if follows == "," and not s.is_a(last + 2, "relative_pronouns") and not s.is_a(last + 3, "relative_pronouns"):
            break  # an apposition
        if follows in ("de", "d'", "à") and infinitive_at(s, last + 2) is not None and (name or s.is_a(head, "persons")):
            break  # « rien n'empêchait Samir | d'être heureux »
        if follows in _CIRCUMSTANTIAL and not _modified(s, last) and not _lacks(s, last + 1):
            break
        if s.is_a(last + 1, "subordinators") and not s.is_a(last + 1, "relative_pronouns"):
            break
        if follows in ("à", "au", "en", "par", "grâce") and s.is_a(last + 2, "locative_nouns", "causal_nouns"):
            break  # « ma stagiaire ‖ à cause de … »
        if (follows == "et" and s.pos(_past_adverbs(s, last + 2)) in ("ADP", "VERB", "AUX")) or (
            name and s.pos(last + 1) == "ADP" and follows not in ("de", "d'", "du")
        ):
            break
        last += 1
    return _trim(s, first, _completed(s, head, last, limit, free), cue)


def _end_of_cleft(s: Sentence, head: int) -> int | None:
    """« c'est la peur de te blesser | qui m'a retenu »: the *qui* of a cleft, past the noun that it is about."""
    for k in range(head - 1, 0, -1):
        if s.forms[k] in STOPS or s.forms[k] == ",":
            return None
        if s.is_a(k, "be") and s.forms[k - 1] in ("c'", "ce"):
            definite = s.is_a(k + 1, "determiners") and s.forms[k + 1] not in ("un", "une", "des", "de", "d'")
            pivot = next((j for j in range(k + 2, head) if s.pos(j) == "NOUN"), None) if definite else None
            end = next((j for j in range(head + 1, len(s)) if s.forms[j] in ("qui", ",")), None)
            return end if pivot is not None and end is not None and s.forms[end] == "qui" else None
    return None


def _lacks(s: Sentence, k: int) -> bool:
    """« un escalier sans lumière »: *sans* and a bare noun say what the noun before is like, but for the adverbial « sans arrêt »."""
    return s.forms[k] == "sans" and k + 1 < len(s) and s.pos(k + 1) == "NOUN" and not s.is_a(k + 1, "without_adverbial")


def _past_adverbs(s: Sentence, k: int) -> int:
    """The first token from one on that is no adverb (« et surtout par … »), or the last of the sentence."""
    while k < len(s) - 1 and s.pos(k) == "ADV":
        k += 1
    return min(k, len(s) - 1)


def _completed(s: Sentence, head: int, last: int, limit: int, free: bool) -> int:
    """Last token of a noun phrase with what follows its parse: « -là », a complement with *de*, a participle, a relative clause."""
    noun = s.pos(head) in ("NOUN", "PROPN", "NUM") or s.is_a(head, "some_of")
    while last + 1 < limit:
        k = last + 1
        form = s.forms[k]
        if form in ("-là", "-ci"):
            last = k
        elif (form == "-" and s.forms[k + 1 : k + 2] in (["là"], ["ci"])) or (s.pos(last) == "NOUN" and k + 1 < limit and _lacks(s, k)):
            last = k + 1
        elif s.is_a(k, "relative_pronouns") and free and (noun or s.forms[head].startswith(("celui", "celle", "ceux"))):
            if form in ("que", "qu'") and {"tellement", "tant", "si", "telle", "tel"} & set(s.forms[max(head - 8, 0) : head]):
                break
            last = end_of_clause(s, k + 1) - 1
        elif noun and form == "," and free and s.is_a(k + 1, "relative_pronouns"):
            last = end_of_clause(s, k + 2) - 1
        elif noun and form == "à" and infinitive_at(s, k + 1) == k + 1:  # « sa facilité à se faire des amis »
            return _before_main_verb(s, k + 1, end_of_clause(s, k + 1, limit) - 1) - 1
        elif noun and form in ("de", "d'", "du", "des") and k + 1 < limit:
            inner = k + 1
            while inner + 1 < limit and (s.is_a(inner, "determiners") or s.pos(inner) in ("DET", "NUM")):
                inner += 1
            if s.is_a(head, "persons") and infinitive_at(s, k + 1) is not None:
                break  # « j'en veux à mon père de nous avoir quittés »
            if is_infinitive(s, inner):
                return _before_main_verb(s, inner, end_of_clause(s, inner, limit) - 1) - 1
            if s.pos(inner) not in ("NOUN", "PROPN", "PRON"):
                break
            last = inner
        elif noun and s.pos(k) in ("VERB", "ADJ") and looks_like_participle(form) and s.pos(last) != "VERB" and k not in s.subtree(head):
            last = k
        else:
            break
    return last


def verb_clause(s: Sentence, verb: int, cue: frozenset[int], function: str = "") -> tuple[int, int] | None:
    """The clause of a verb: from its subject, or the infinitive itself, to its end."""
    group = verb_group(s, verb)
    first = group.start
    before = max((c for c in cue if c < verb), default=-1)
    after = min((c for c in cue if c > verb), default=len(s))
    if function == "that" and before >= 0 and (that := next((k for k in range(before + 1, verb) if s.forms[k] in ("que", "qu'")), None)):
        first = that + 1
    elif group.subject is None and is_finite(s, verb):
        subjects = [c for c in s.children(verb) if s.dep(c) == "nsubj" and before < c < group.start]
        if function == "main-clause" and not subjects:
            subjects = [c for c in FUNCTIONS["subject"](s, verb, frozenset()) if before < c < group.start]
        if subjects and not any(s.forms[k] in STOPS for k in range(subjects[0], verb)):
            span = phrase(s, subjects[0], cue)
            first = span[0] if span else first
    after = min(after, _end_of_cleft(s, verb) or after)
    if is_infinitive(s, verb):
        first = max((k + 1 for k in range(first, verb) if s.forms[k] in ("de", "d'", "à", "pour")), default=first)
    while first < verb and (s.forms[first] in ("de", "d'", "à", "que", "qu'", "pour", "en", "du", "des", "qui") or first in cue):
        first += 1
    last = end_of_clause(s, first, after) - 1
    if function != "that" and (is_infinitive(s, verb) or not is_finite(s, verb)):
        last = min(last, _before_main_verb(s, verb, last) - 1)
    elif function == "main-clause" and after < len(s):  # « il a jeté sa baguette, à la stupéfaction de … »
        last = next(
            (k - 1 for k in range(after - 1, verb, -1) if s.forms[k] == "," and not any(is_verb(s, j) for j in range(k, after))), last
        )
    return _trim(s, first, last, cue)


def _before_main_verb(s: Sentence, infinitive: int, last: int) -> int:
    """Where an infinitive clause gives way to the verb whose subject holds it (« la joie de retrouver les siens ‖ faisait plaisir »)."""
    pending = 0
    for k in range(infinitive + 1, last + 1):
        if s.is_a(k, "relative_pronouns", "subordinators"):
            pending += 1
        elif is_verb(s, k) and is_finite(s, k) and not s.is_a(k, "determiners"):
            group = verb_group(s, k)
            if group.subject is None and group.relative is None and not pending and group.start > infinitive:
                return group.start
            pending -= pending > 0 and not _helps(s, k)
    return last + 1


def _helps(s: Sentence, k: int) -> bool:
    """Whether *être* or *avoir* is the auxiliary of a participle after it, adverbs apart (« où il était ‖ m'a tenue » has none)."""
    j = k + 1
    while s.is_a(j, "adverbs", "negators"):
        j += 1
    return s.is_a(k, "auxiliaries") and j < len(s) and is_verb(s, j) and looks_like_participle(s.forms[j])


def subject_phrase(s: Sentence, head: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The noun phrase before its verb, from the clause's start to the verb; None where commas or a relative with the cue make it unsure."""
    verb = _main_verb_after(s, head)
    if verb is None or verb > min((c for c in cue if c > head), default=len(s)):
        return None
    end = verb_group(s, verb).start
    acts = (k for k in range(head + 1, min(end, len(s) - 1)) if s.forms[k] in ("de", "d'", "à") and looks_like_infinitive(s.forms[k + 1]))
    if s.is_a(head, "persons") or s.pos(head) == "PROPN":  # « Samir | d'être heureux »
        end = next(acts, end)
    relative = relative_set_off(s, head, end)  # « mes filles, qui se taisaient, m'ont … »
    inner = range(head, end) if relative is None else range(relative, end - 1)
    if end <= head or any(s.forms[k] == "," or s.forms[k] in STOPS or k in cue for k in inner):
        return None
    start = head
    while start > 0:
        p = start - 1
        if s.forms[p] in STOPS or s.forms[p] in (",", "(", ")") or s.is_a(p, "subordinators", "clause_links") or p in cue:
            break
        if (
            s.forms[p] in ("et", "ou", "ni")
            or (is_verb(s, p) and is_finite(s, p))
            or (s.is_a(p, "subject_clitics") and not s.is_a(p, "determiners"))
        ):
            break
        start = p
    while start < head and (
        s.pos(start) in ("ADV", "INTJ", "CCONJ", "PUNCT")
        or s.is_a(start, "temporal_nouns")
        or (
            s.is_a(start, "determiners")
            and s.is_a(start + 1, "temporal_nouns")
            and (s.is_a(start + 2, "determiners") or s.forms[start + 2] == "-là")
        )
    ):
        start += 1
    if s.pos(start) not in ("DET", "NOUN", "PROPN", "NUM", "PRON", "ADJ") and not s.is_a(start, "determiners"):
        return None
    if s.pos(start) == "ADP" or s.forms[start] in ("du", "au", "aux", "de", "d'"):
        return None
    return _trim(s, start, end - 1, cue)


def _main_verb_after(s: Sentence, head: int) -> int | None:
    """The finite verb of the clause of a noun, past relative and complement clauses inside its phrase."""
    pending = 0
    for k in range(head + 1, min(head + 25, len(s))):
        if s.forms[k] in STOPS:
            return None
        if s.is_a(k, "relative_pronouns") or s.forms[k] in ("que", "qu'"):
            pending += 1
        elif is_verb(s, k) and is_finite(s, k) and not (s.is_a(k, "determiners") and not s.is_a(k, "auxiliaries")):
            if not pending:
                return k
            pending -= not s.is_a(k, "auxiliaries") or not any(is_verb(s, j) for j in range(k + 1, min(k + 4, len(s))))
    return None


def clause_after(s: Sentence, conjunction: int, cue: frozenset[int], function: str = "") -> tuple[int, int] | None:
    """What a conjunction introduces, up to the end of its clause."""
    first = conjunction + 1
    while first < len(s) and s.forms[first] in ("que", "qu'", "de", "d'", "du", "des", "à", "l'idée", ","):
        first += 1
    following = min((c for c in cue if c > conjunction), default=None)
    if following is not None and (opening := cleft_before(s, conjunction)):  # « c'est parce que tu ris de lui | qu'il est triste »
        end = next((k for k in range(following - 1, first + 1, -1) if s.forms[k] in ("que", "qu'")), None)
        if opening and end is not None:
            return _trim(s, first, end - 1, cue)
    if following is None or any(s.forms[j] in STOPS for j in range(first, following)):
        end = end_of_clause(s, first)
        if function == "therefore":
            while (
                s.forms[end : end + 1] == ["et"] and s.forms[end + 1][:1] == s.forms[first][:1] and s.is_a(first, "subject_clitics")
            ):  # « … et je suis allée »
                end = end_of_clause(s, end + 1)
        return _trim(s, first, end - 1, cue)
    return _trim(s, first, before_main_clause(s, first, following) - 1, cue)


def clause_before(s: Sentence, end: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The clause that ends right before a token, with the words that its verb of saying reports (« … », répétait-elle)."""
    first = clause_ending_before(s, end)
    if s.forms[first - 2 : first] == ["»", ","] and "«" in s.forms[:first]:
        return max(k for k in range(first) if s.forms[k] == "«"), end - 1
    return _trim(s, first, end - 1, cue)


def _trim(s: Sentence, first: int, last: int, cue: frozenset[int]) -> tuple[int, int] | None:
    while first <= last and (
        s.forms[first] in _EDGE
        or s.forms[first] in STOPS
        or first in cue
        or (first < last and s.forms[first] in ("surtout", "notamment") and not is_verb(s, last))
    ):
        first += 1
    while last >= first and (
        s.forms[last] in _EDGE or s.forms[last] in STOPS or s.pos(last) in ("PUNCT", "SCONJ")
        or (s.pos(last) == "ADP" and s.forms[last - 1] not in ("et", "ou", "ni"))  # but « sain et sauf », « pour ou contre »
        or (last + 1 in cue and s.pos(last) == "ADV")
        or (last > first and s.is_a(last, "said_of_the_whole") and not s.is_a(last - 1, "prepositions"))  # « vieillir | maintenant »
        or (s.forms[last] in ("le", "la", "les") and s.forms[last + 1 : last + 2] in (["plus"], ["moins"]))  # « la femme | la plus »
    ):  # fmt: skip
        last -= 1
    return (first, last) if first <= last else None
