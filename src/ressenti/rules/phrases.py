"""Noun phrases: from a head to the span that the guidelines want, whatever the parse takes in or leaves out (sections 1 and 5)."""

from __future__ import annotations

import unicodedata

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.basics import clefted_by, is_finite, is_person, is_quite, is_verb, preposition_of
from ressenti.rules.syntax.clauses import announced, end_of_clause, infinitive_at, starts_clause
from ressenti.rules.syntax.insertions import relative_set_off
from ressenti.rules.syntax.verbs import is_infinitive, looks_like_infinitive, looks_like_participle, verb_group
from ressenti.rules.words import load_words

_EDGE = load_words()["edges_of_phrases"] | {",", "-", "–", "—", "(", ")", "«", "»", '"'}
ARTICLES = load_words()["sure_determiners"] | {"un", "une", "ce"}
"""Determiners that are no object clitics."""


def _modified(s: Sentence, i: int) -> bool:
    """Whether a participle or a noun of relation stands before the preposition (« un projet soutenu par … », « l'amour pour … »)."""
    return s.morph(i, "VerbForm") == "Part" or s.is_a(i, "feelings_towards")


def _goes_on(s: Sentence, last: int) -> bool:
    """« le maire, qui avait promis | de le faire étayer »: a verb whose infinitive the parse hangs elsewhere."""
    after = min(last + 2, len(s) - 1)
    return is_verb(s, last) and s.is_a(min(last + 1, after), "links_of_infinitives") and infinitive_at(s, after) is not None


def _outside(s: Sentence, i: int) -> bool:
    """Whether a token belongs to the verb beside a noun phrase, whatever the parser says (« C'est | mon frère | qui … »)."""
    if s.is_a(i, "determiners", "relative_pronouns", "subordinators"):
        return False
    return s.is_a(i, "subject_clitics", "object_clitics", "inverted_subjects", "auxiliaries") or s.forms[i] in ("ne", "n'") or (
        s.pos(i) in ("VERB", "AUX") and is_finite(s, i) and not looks_like_participle(s.forms[i])
    )  # fmt: skip


def phrase(s: Sentence, head: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """The noun phrase of a head, without the preposition before it and without a relative clause that holds the cue."""
    if s.forms[head] == "ce" or s.forms[head : head + 2] == ["tout", "ce"]:  # « tout ce qui existait avant lui »
        limit = next((j for j in range(head + 1, len(s)) if s.forms[j] in (*STOPS, ",") or j in cue), len(s))
        limit = min(limit, verb_group(s, limit).start) if limit in cue else limit  # « Ce que tu dis | m'inquiète »
        if announced(s, head):  # « tellement honte de ce que j'avais dit que … »
            limit = next((j for j in range(head + 3, limit) if s.forms[j] in ("que", "qu'")), limit)
        return trim(s, head, limit - 1, cue)
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
        first > 0 and first - 1 not in cue
        and (s.pos(first - 1) in ("DET", "ADJ", "NUM") or s.is_a(first - 1, "possessives") or stands_before(s, first - 1))
        and (not s.is_a(first, "determiners") or first == head or s.is_a(first - 1, "all"))
        and not s.is_a(first - 1, "contractions") and s.forms[first - 1] not in STOPS
    ):  # fmt: skip
        first -= 1
    limit = min((c for c in cue if c > head), default=len(s))
    free = limit == len(s)  # no cue that a relative clause may hold
    limit = end_of_cleft(s, head) or limit
    if min(cue, default=0) > 0 and s.forms[min(cue) - 1] in ("si", "aussi", "tellement"):  # « si gênée par son cadeau | que … »
        limit = next((j for j in range(head + 1, limit) if s.forms[j] in ("que", "qu'")), limit)
    if s.is_a(head, "strong_unlike_subjects") and s.forms[head + 1 : head + 2] == ["qui"] and head > max(cue, default=0):
        return trim(s, head, end_of_clause(s, head + 2) - 1, cue)  # « contre moi qui n'avais rien vu »
    if s.is_a(head, "strong_pronouns") and s.forms[head + 1 : head + 2] in (["de"], ["d'"]):
        return head, head  # « je me réjouis pour toi | de cette mutation »
    comma = next((j for j in range(head + 1, limit) if s.forms[j] == ","), None)
    if not free and comma is not None and starts_clause(s, comma + 1):  # « Grâce à cette infirmière qui chantait, ma mère … »
        limit, free = comma, True
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
        if follows in ("fait", "dit", "met", "vit") and s.pos(last + 1) in ("NOUN", "ADJ", "VERB") and s.pos(last) == "NOUN":
            break  # « la joie de mes enfants | fait plaisir à voir »
        if _outside(s, last + 1) and not any(s.is_a(k, "relative_pronouns", "subordinators") for k in range(head + 1, last + 1)):
            break
        inserted = last > head and s.is_a(last, "relative_pronouns")  # « les personnes qui, dans ces circonstances, … »
        if inserted and follows == ",":
            second = next((k for k in range(last + 2, limit) if s.forms[k] == ","), None)
            last = last if second is None else end_of_clause(s, second + 1, limit) - 1
            break
        if follows == "," and not s.is_a(last + 2, "relative_pronouns") and not s.is_a(last + 3, "relative_pronouns"):
            break  # an apposition
        if s.is_a(last + 1, "links_of_infinitives") and infinitive_at(s, last + 2) is not None and (name or s.is_a(head, "persons")):
            break  # « rien n'empêchait Samir | d'être heureux »
        told = any(s.is_a(k, "relative_pronouns") for k in range(head + 1, last))  # « ceux qui décident sans savoir »
        if s.is_a(last + 1, "circumstantial_prepositions") and not told and not _modified(s, last) and not _lacks(s, last + 1):
            break
        itself = follows == "s'" and s.forms[last + 2 : last + 3] not in (["il"], ["ils"])  # « Yann, qui s'entraînait »
        if s.is_a(last + 1, "subordinators") and not itself and not s.is_a(last + 1, "relative_pronouns"):
            break
        if follows in ("à", "au", "en", "par", "grâce") and s.is_a(last + 2, "locative_nouns", "causal_nouns"):
            break  # « ma stagiaire ‖ à cause de … »
        if (follows == "et" and s.pos(_past_adverbs(s, last + 2)) in ("ADP", "VERB", "AUX")) or (
            name and s.pos(last + 1) == "ADP" and not s.is_a(last + 1, "of")
        ):
            break
        last += 1
    relative = next((k for k in range(head + 1, last + 1) if s.is_a(k, "relative_pronouns")), None)
    if free and relative is not None and (s.forms[head].startswith(("celui", "celle", "ceux")) or _goes_on(s, last)):
        last = max(last, end_of_clause(s, relative + 1, limit) - 1)
    return trim(s, first, _completed(s, head, last, limit, free), cue)


def end_of_cleft(s: Sentence, head: int) -> int | None:
    """« c'est la peur de te blesser | qui m'a retenu »: the *qui* of a cleft, past the noun that it is about."""
    for k in range(head - 1, 0, -1):
        if s.forms[k] in STOPS or s.forms[k] == ",":
            return None
        if s.pos(k) == "NOUN" and (that := clefted_by(s, k)) is not None:
            return that if that > head else None  # « c'est par pitié pour lui | que … »
        if s.is_a(k, "be") and s.forms[k - 1] in ("c'", "ce"):
            definite = s.is_a(k + 1, "determiners") and s.forms[k + 1] not in ("un", "une", "des", "de", "d'")
            pivot = next((j for j in range(k + 2, head) if s.pos(j) == "NOUN"), None) if definite else None
            end = next((j for j in range(head + 1, len(s)) if s.forms[j] in ("qui", ",")), None)
            return end if pivot is not None and end is not None and s.forms[end] == "qui" else None
    return None


def stands_before(s: Sentence, i: int) -> bool:
    """« mon ancien | associé »: an adjective that stands before its noun, a noun to the parser."""
    return s.is_a(i, "before_nouns") and s.is_a(i - 1, "determiners")


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
        elif noun and form == "en" and s.is_a(k + 1, "materials"):  # « un canard en plastique »
            last = k + 1
        elif noun and form == "à" and infinitive_at(s, k + 1) == k + 1 and not is_person(s, head):  # « sa facilité à se faire des amis »
            return before_main_verb(s, k + 1, end_of_clause(s, k + 1, limit) - 1) - 1
        elif noun and s.is_a(k, "of") and k + 1 < limit:
            inner = k + 1
            while inner + 1 < limit and (s.is_a(inner, "determiners") or s.pos(inner) in ("DET", "NUM")):
                inner += 1
            if s.is_a(head, "persons") and infinitive_at(s, k + 1) is not None:
                break  # « j'en veux à mon père de nous avoir quittés »
            if is_infinitive(s, inner):
                return before_main_verb(s, inner, end_of_clause(s, inner, limit) - 1) - 1
            if s.pos(inner) not in ("NOUN", "PROPN", "PRON"):
                break
            last = inner
        elif (
            noun and s.pos(k) in ("VERB", "ADJ") and looks_like_participle(form) and form not in ("fait", "dit", "met", "vit")
            and s.pos(last) != "VERB" and k not in s.subtree(head)
        ):  # fmt: skip
            last = k
        else:
            break
    return last


def before_main_verb(s: Sentence, infinitive: int, last: int) -> int:
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
    acts = (k for k in range(head + 1, min(end, len(s) - 1)) if s.is_a(k, "links_of_infinitives") and looks_like_infinitive(s.forms[k + 1]))
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
            s.is_a(p, "joining_coordinators")
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
    return trim(s, start, end - 1, cue)


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


def between_signs(s: Sentence, span: tuple[int, int], head: int) -> tuple[int, int]:
    """« je kiffe | ma boîte | 😍 mais hier … »: an emoji ends what is said as a full stop does."""
    signs = [k for k in range(span[0] + 1, span[1] + 1) if _is_sign(s.forms[k]) and s.pos(k - 1) not in ("ADP", "DET", "AUX", "CCONJ")]
    first = max((k + 1 for k in signs if k < head), default=span[0])
    return first, min((k - 1 for k in signs if k > head), default=span[1])


def _is_sign(form: str) -> bool:
    """An emoji, or another symbol; nearly all words are over with the first comparison."""
    return form > "\u2000" and unicodedata.category(form[0]) in ("So", "Sk")


def trim(s: Sentence, first: int, last: int, cue: frozenset[int]) -> tuple[int, int] | None:
    """A span without the marks, conjunctions and stray words at its ends, or None when nothing is left."""
    while first <= last and (
        s.forms[first] in _EDGE
        or s.forms[first] in STOPS
        or first in cue
        or (first < last and s.forms[first] in ("surtout", "notamment") and not is_verb(s, last))
    ):
        first += 1
    while last >= first and (
        s.forms[last] in _EDGE or s.forms[last] in STOPS or s.pos(last) in ("PUNCT", "SCONJ")
        or (s.pos(last) == "ADP" and not s.is_a(last - 1, "joining_coordinators"))  # but « sain et sauf », « pour ou contre »
        or (last + 1 in cue and s.pos(last) in ("ADV", "DET"))
        or (last > first and s.is_a(last, "said_of_the_whole") and not s.is_a(last - 1, "prepositions"))  # « vieillir | maintenant »
        or (last > first and (s.forms[last] == "aussi" or is_quite(s, last)))
        or (s.forms[last] in ("plus", "moins") and s.forms[last + 1 : last + 2] in (["que"], ["qu'"]))  # « ce témoin | plus que … »
        or (s.forms[last] in ("le", "la", "les") and s.forms[last + 1 : last + 2] in (["plus"], ["moins"]))  # « la femme | la plus »
    ):  # fmt: skip
        last -= 1
    if "(" in s.forms[first : last + 1] and ")" not in s.forms[first : last + 1] and s.forms[last + 1 : last + 2] == [")"]:
        last += 1  # « nos amis (de Lyon) »
    return (first, last) if first <= last else None
