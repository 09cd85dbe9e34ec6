"""Where clauses begin and end: by subjects, connectors, incises and marks, for the parser's trees of long sentences are not reliable."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence, once_a_sentence
from ressenti.rules.syntax.basics import is_finite, is_verb
from ressenti.rules.syntax.forms import kinds
from ressenti.rules.syntax.verbs import is_infinitive, verb_group

_OPENING = frozenset({"(", "[", "«"})
_CLOSING = {"(": ")", "[": "]", "«": "»"}
_REACH = 9
"""Tokens within which the verb of a clause follows the first word of its subject."""


def end_of_clause(s: Sentence, first: int, limit: int | None = None) -> int:
    """Index after the last token of the clause that begins at a token.

    A comma or a coordination ends it where another clause with its own subject, another circumstance, an incise (« dit-il ») or a vocative
    follows; commas of enumerations, relative clauses, parentheses and insertions before a complement do not.

    Args:
        s: The sentence.
        first: Its first token.
        limit: Where it ends at the latest (one past it); the sentence's end when None.
    """
    limit = len(s) if limit is None else limit
    seen_verb, j = False, first
    consecutive = announced(s, first)
    while j < limit:
        form = s.forms[j]
        if form in _OPENING and (form != "«" or j > first):
            close = next((k for k in range(j + 1, limit) if s.forms[k] == _CLOSING[form]), None)
            if close is None or (form == "«" and s.forms[j - 1] == ":"):
                return j
            j = close + 1
            continue
        if form in STOPS or form in ("—", "–", ")"):
            return j
        if seen_verb:
            if form in ("que", "qu'") and consecutive:
                return j  # « tellement peur de caler que … »
            if form == ",":
                after = _after_comma(s, first, j, limit)
                if after is None:
                    return j
                j = after
                continue
            if form == "mais" and not _only_phrase(s, j + 1, limit):
                return j
            if form in ("car", "puisque", "puisqu'", "parce") or s.forms[j : j + 2] == ["du", "coup"] or _concedes(s, j):
                return j
            if form == "ou" and s.forms[j + 1 : j + 2] in (["quoi"], ["bien"], ["pas"], ["non"]) and j + 2 >= min(limit, len(s) - 1):
                return j  # « content de me voir, ou quoi ? »
            if s.is_a(j, "clause_coordinators") and (starts_clause(s, j + 1) or (form == "et" and not _goes_on(s, first, j + 1))):
                return j
        elif form == "," and s.forms[j + 1 : j + 2] in (["et"], ["mais"], ["donc"], ["alors"]) and starts_clause(s, j + 2):
            return j
        seen_verb = seen_verb or is_verb(s, j)
        j += 1
    return limit


def _concedes(s: Sentence, k: int) -> bool:
    """« même si », « bien que », « quoique »: what concedes is no part of the clause before it."""
    pair = s.forms[k : k + 2]
    return pair in (["même", "si"], ["même", "s'"], ["bien", "que"], ["bien", "qu'"], ["d'", "autant"]) or pair[:1] in (
        ["quoique"],
        ["quoiqu'"],
    )


def _adds(s: Sentence, k: int, limit: int) -> bool:
    """What is added after a comma: « , surtout la dame aux tulipes », « , depuis le temps », « , pour la troisième fois »."""
    end = next((j for j in range(k, limit) if s.forms[j] == "," or s.forms[j] in STOPS), limit)
    if s.forms[k] in ("surtout", "même", "notamment"):
        return not any(is_verb(s, j) for j in range(k, end))
    this = s.is_a(k, "demonstratives") and s.forms[end - 1].endswith("là")
    if not (this or s.is_a(k, "prepositions_of_time")):
        return False
    for j in range(k + 1, min(k + 5, end)):
        if s.is_a(j, "temporal_nouns") or s.forms[j] in ("époque", "âge", "temps"):
            return True
        if is_verb(s, j):
            break
    return False


def announced(s: Sentence, first: int) -> bool:
    """Whether *tellement* or *si* before the clause announces a consecutive « que »."""
    for k in range(max(first - 8, 0), first):
        if s.forms[k] in STOPS:
            continue
        if s.is_a(k, "consecutive_degrees"):
            return True
        if s.forms[k] == "si" and not s.is_a(k + 1, "subject_clitics", "determiners") and s.pos(k + 1) in ("ADJ", "ADV", "VERB", "NOUN"):
            return True
    return False


def _goes_on(s: Sentence, first: int, k: int) -> bool:
    """Whether what follows « et » still belongs to the clause: not « et que » after an infinitive, not « et ravie de … »."""
    if s.forms[k : k + 1] in (["que"], ["qu'"]):
        return s.forms[first - 1 : first] not in (["de"], ["d'"], ["à"], ["par"], ["pour"])
    et = k - 1
    while s.is_a(k, "adverbs") or s.forms[k : k + 3] == ["en", "même", "temps"]:  # « et en même temps terrorisée à … »
        k += 3 if s.forms[k] == "en" else 1
    if k >= len(s):
        return True
    agrees = s.forms[k].endswith(("ée", "ées")) or s.forms[et - 1] == ","
    predicate = s.pos(k) == "ADJ" or (s.morph(k, "VerbForm") == "Part" and agrees and not s.forms[k].endswith("ant"))
    return not (predicate and s.pos(et - 1) != "ADJ" and s.is_a(k + 1, "complementers_of_adjectives"))


def _after_comma(s: Sentence, first: int, comma: int, limit: int) -> int | None:
    """Where to read on after a comma inside a clause, or None where the comma ends it."""
    k = comma + 1
    if k >= limit:
        return None
    form = s.forms[k]
    if form == "ou" and s.forms[k + 1 : k + 2] in (["quoi"], ["bien"], ["pas"], ["non"]) and k + 2 >= min(limit, len(s) - 1):
        return None
    if s.is_a(k, "joining_coordinators"):
        too = s.is_a(k + 1, "strong_pronouns") and s.forms[k + 2 : k + 3] in (["aussi"], ["non"])  # « …, et nous aussi »
        return (
            None
            if too
            or (form == "et" and _predicate_after(s, k + 1))
            or s.is_a(k + 1, "clause_links")
            or starts_clause(s, k)
            or not _goes_on(s, first, k + 1)
            else k
        )
    if form == s.forms[first] and s.pos(k) == "PROPN":
        return None  # « Jade a pouffé, Jade à qui … »
    if s.is_a(k, "relative_pronouns") and form not in ("que", "qu'"):
        return k
    if (after := _is_insertion(s, comma, limit)) is not None:
        return after
    if _concedes(s, k) or _adds(s, k, limit):
        return None
    if s.is_a(k, "clause_links") or form in ("que", "qu'") or (form == "ce" and s.is_a(k + 1, "relative_pronouns")):
        return k if form in ("que", "qu'") and s.pos(comma - 1) in ("NOUN", "PROPN") else None
    if form in ("si", "s'") and s.is_a(k + 1, "subject_clitics", "determiners"):
        return None
    if starts_clause(s, k) or _is_incise(s, k) or _is_address(s, k, limit):
        return None
    if s.pos(k) == "ADJ" and s.pos(comma - 1) != "ADJ" and s.pos(min(k + 1, len(s) - 1)) != "NOUN":
        return None  # « …, furieux »: said of another subject
    if "," not in s.forms[first:comma] and is_verb(s, k) and is_finite(s, k) and verb_group(s, k).subject is None and s.pos(k) != "NOUN":
        return None  # « Son fils, navré que la poutre soit trop courte, | a recommencé »
    return k


def _predicate_after(s: Sentence, k: int) -> bool:
    """« étonnée que j'aie pu me taire, | et un peu blessée »: past the comma an adjective is said of the subject before."""
    k += 2 * (s.forms[k : k + 2] == ["un", "peu"])
    while k < len(s) and (s.is_a(k, "adverbs") or s.pos(k) == "ADV") and not s.is_a(k, "determiners"):
        k += 1
    if k + 1 >= len(s) or s.pos(k + 1) == "NOUN":
        return False
    return s.pos(k) == "ADJ" or (s.morph(k, "VerbForm") == "Part" and s.forms[k].rstrip("s").endswith(("é", "ée", "i", "ie", "u", "ue")))


def _is_insertion(s: Sentence, comma: int, limit: int) -> int | None:
    """« on m'a dit, en revenant de vacances, que … »: what follows the second comma completes the verb before the first."""
    if not is_verb(s, comma - 1):
        return None
    second = next((k for k in range(comma + 2, min(comma + 10, limit)) if s.forms[k] == ","), None)
    if second is None or second + 1 >= limit:
        return None
    after = second + 1
    completes = s.forms[after] in ("que", "qu'", "de", "d'", "à") or (
        s.is_a(comma - 1, "auxiliaries") and s.morph(after, "VerbForm") == "Part"
    )
    return after if completes else None


def _is_incise(s: Sentence, k: int) -> bool:
    """« dit-il », « m'a-t-elle répondu », « a murmuré le petit »."""
    for j in range(k, min(k + 4, len(s))):
        if s.is_a(j, "say") and (j == k or s.is_a(j - 1, "object_clitics", "auxiliaries", "inverted_subjects")):
            return not s.is_a(k, "determiners", "prepositions") or s.is_a(k, "object_clitics")
        if not s.is_a(j, "object_clitics", "auxiliaries", "inverted_subjects") and s.forms[j] not in ("-t", "-"):
            return False
    return False


def _is_address(s: Sentence, k: int, limit: int) -> bool:
    """A vocative or a comment at the end: « , maman », « , ma chérie », « , quoi », « , vraiment »."""
    rest = [j for j in range(k, min(limit, len(s))) if s.forms[j] not in STOPS]
    if rest and s.forms[rest[-1]] in ("moi", "toi") and s.forms[rest[-1] - 1] == "et" and not any(is_verb(s, j) for j in rest):
        return True  # « on avait peur de tomber, mon frère et moi »
    if not rest or len(rest) > 3:
        return s.is_a(k, "fillers")
    if s.is_a(k, "fillers") or (len(rest) == 1 and s.pos(k) in ("ADV", "INTJ", "PROPN")):
        return True
    return s.is_a(rest[-1], "persons", "endearments") and (len(rest) == 1 or s.forms[k] in ("mon", "ma", "mes"))


def _only_phrase(s: Sentence, k: int, limit: int) -> bool:
    """Whether no verb follows up to the next mark (« pas la maison mais le jardin »)."""
    for j in range(k, limit):
        if s.forms[j] in STOPS or s.forms[j] == ",":
            return True
        if is_verb(s, j):
            return False
    return True


@once_a_sentence
def starts_clause(s: Sentence, i: int) -> bool:
    """Whether a main clause with a subject of its own starts at token ``i``, adverbs and connectors before the subject apart."""
    return _starts_clause(s, i)


def _after_time(s: Sentence, i: int) -> int:
    """« l'année suivante j'y suis retourné », « les autres fois on riait »: the clitic subject after a noun of time."""
    if not s.is_a(i, "determiners"):
        return i
    for k in range(i + 1, min(i + 5, len(s) - 1)):
        if s.is_a(k, "subject_clitics") and not s.is_a(k, "object_clitics"):
            return k if any(s.is_a(m, "temporal_nouns") for m in range(i + 1, k)) else i
        if s.pos(k) not in ("NOUN", "ADJ", "DET", "NUM") and not s.is_a(k, "temporal_nouns", "determiners") and s.forms[k] != "-là":
            return i
    return i


def _starts_clause(s: Sentence, i: int) -> bool:
    k = _after_time(s, i)
    while k < min(i + 4, len(s)) and (s.is_a(k, "clause_openers") or (s.pos(k) == "ADV" and not s.is_a(k, "determiners", "negators"))):
        k += 1
    if k < len(s) and s.forms[k] == "," and k > i:
        k += 1
    if k >= len(s):
        return False
    form, following = s.forms[k], s.forms[k + 1] if k + 1 < len(s) else ""
    if s.is_a(k, "strong_pronouns") and (
        following == ","
        or (s.is_a(k + 1, "subject_clitics") and not s.is_a(k + 1, "object_clitics"))
        or (following in ("aussi", "non") and any(s.is_a(j, "subject_clitics") for j in range(k + 2, min(k + 5, len(s)))))
    ):
        return True
    if form.endswith(("-même", "-mêmes")):  # « et lui-même ne se tait jamais »
        return any(is_verb(s, j) and is_finite(s, j) for j in range(k + 1, min(k + 5, len(s))))
    if s.is_a(k, "subject_clitics"):
        if form in ("ce", "c'") and s.is_a(k + 1, "relative_pronouns"):
            return False
        return any(is_verb(s, j) and is_finite(s, j) for j in range(k + 1, min(k + 6, len(s))))
    return subject_ends(s, k) is not None


def subject_ends(s: Sentence, k: int) -> int | None:
    """Index of the finite verb of the noun phrase that starts at ``k``, when it is the subject of one."""
    alone = s.is_a(k, "neuter_pronouns", "lone_pronouns") or s.pos(k) == "PROPN"
    if not (alone or s.is_a(k, "determiners") or s.pos(k) in ("DET", "NUM") or s.is_a(k, "persons")):
        return None
    if s.is_a(k, "no_determiners_of_subjects"):
        return None
    named = alone or s.pos(k) == "NOUN"
    pending = 0
    for m in range(k + 1, min(k + _REACH, len(s))):
        form = s.forms[m]
        if form in STOPS or form == ",":
            return None
        if s.is_a(m, "relative_pronouns"):
            pending += 1
            continue
        if s.is_a(m, "subject_clitics") and not s.is_a(m, "object_clitics") and not pending:
            return None
        if is_verb(s, m) and is_finite(s, m) and named and not s.is_a(m, "determiners"):
            group = verb_group(s, m)
            if pending and (group.relative is not None or group.subject is not None):
                pending -= group.verb == m and not s.is_a(m, "auxiliaries")
                continue
            return m
        named = named or s.pos(m) in ("NOUN", "PROPN", "PRON", "ADJ")
    return None


def before_main_clause(s: Sentence, first: int, cue: int) -> int:
    """Index after the last token of a circumstance that precedes the main clause with the cue (« Quand il est parti, ‖ j'ai pleuré »)."""
    seen, commas = False, []
    for j in range(first, cue):
        if s.forms[j] in STOPS:
            return j
        if s.forms[j] == ",":
            commas.append(j)
            if seen and starts_clause(s, j + 1):
                return j
        seen = seen or is_verb(s, j)
    if commas:
        return commas[0] if seen_before(s, first, commas[0]) else commas[-1]
    for j in range(first + 2, cue):  # « Quand il est revenu j'ai … »: no comma, a second subject
        if (
            s.is_a(j, "subject_clitics")
            and not s.is_a(j, "object_clitics")
            and seen_before(s, first, j)
            and not s.is_a(j - 1, "subordinators")
        ):
            return j
    start = verb_group(s, cue).start
    noun = next((j for j in range(first + 2, start) if seen_before(s, first, j) and s.is_a(j, "determiners") and subject_ends(s, j)), None)
    return first if noun is None else noun  # no second subject: the cue stands in the clause itself


def seen_before(s: Sentence, first: int, end: int) -> bool:
    """Whether a verb stands between two tokens."""
    return any(is_verb(s, j) for j in range(first, end))


def clause_ending_before(s: Sentence, end: int) -> int:
    """First token of the clause that ends right before a token: from its subject, without what another clause or a connector opens."""
    first = end - 1
    while first > 0 and s.forms[first - 1] not in STOPS:
        if s.forms[first - 1] in (",", "et", "mais", "puis", "alors") and starts_clause(s, first) and seen_before(s, first, end):
            break
        first -= 1
    while first < end - 1 and (s.is_a(first, "clause_openers", "clause_links") or s.forms[first] == ","):
        first += 1
    opening = next((j for j in range(first + 1, end) if s.forms[j] == ","), None)
    if opening is not None and not seen_before(s, first, opening) and starts_clause(s, opening + 1):
        first = opening + 1  # « Dimanche, ma mère a lu … »
    return first


def cleft_before(s: Sentence, conjunction: int) -> bool:
    """Whether « c'est » stands right before a conjunction or preposition of one or two words, *surtout* or *juste* apart."""
    return any(
        s.is_a(k, "be") and (s.forms[k - 1] in ("c'", "ce") or s.forms[k - 2 : k] in (["ce", "n'"], ["c'", "n'"]))
        for k in range(max(conjunction - 4, 1), conjunction)
        if all(s.is_a(m, "inside_clefts") for m in range(k + 1, conjunction))
    )


def infinitive_at(s: Sentence, i: int) -> int | None:
    """The infinitive that starts at ``i``, negation and clitics before it apart (« ne plus pouvoir », « me taire »)."""
    j = i
    while j < len(s) and (s.is_a(j, "negators", "object_clitics", "adverbs") or s.forms[j] in ("ne", "n'")) and not is_infinitive(s, j):
        j += 1
    if j >= len(s) or not is_infinitive(s, j):
        return None
    after_clitic = j > i and s.is_a(j - 1, "object_clitics") and kinds(s.forms[j]) == {"infinitive"}  # « de le croiser »
    return j if s.pos(j) in ("VERB", "AUX") or after_clitic else None
