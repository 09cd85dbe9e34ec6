"""Circumstances: causal clauses and phrases, gerunds, conditions, consecutives, clefts, dislocation."""

from __future__ import annotations

from ressenti.rules.sentence import STOPS, Sentence
from ressenti.rules.syntax.arguments import that
from ressenti.rules.syntax.basics import phrase_after
from ressenti.rules.syntax.functions import function
from ressenti.rules.syntax.subjects import governor, subject
from ressenti.rules.syntax.verbs import is_infinitive, verb_group


@function("clause")
def clause(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """First word of the clause that one of these conjunctions introduces in the clause complex of the token (heads of spans)."""
    found = [
        j for phrase in wanted for j in s.find(phrase)
        if j + 1 < len(s) and s.forms[j + 1] != "même" and s.forms[j - len(phrase.split())] != "même" and not s.stop_between(i, j)
    ]  # fmt: skip
    found.sort(key=lambda j: abs(j - i))
    return found


@function("gerund")
def gerund(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« en » of a gerund of the clause complex (« en voyant le chrono »)."""
    found = []
    for j in range(len(s) - 1):
        follows = j + 1
        while s.is_a(follows, "object_clitics", "adverbs") and follows + 1 < len(s) and not s.forms[follows].endswith("ant"):
            follows += 1
        if (
            s.forms[j] == "en" and follows < len(s) and s.forms[follows].endswith("ant") and not s.is_a(follows, "temporal_gerunds")
            and s.pos(follows) in ("VERB", "AUX", "NOUN", "ADJ") and not s.stop_between(i, j) and follows != i
            and (j <= 1 or s.forms[j - 1] in (",", "et", "est", "mais", "que") if j < i else j <= i + 3)
        ):  # fmt: skip
            found.append(j)
    return sorted(found, key=lambda j: abs(j - i))


@function("because-of")
def because_of(s: Sentence, i: int, wanted: frozenset[str]) -> list[int]:
    """Head of the phrase after a complex preposition, given by its last words (« à cause de », « grâce à », « à force de »)."""
    found = []
    for j in (j for phrase in wanted for j in s.find(phrase)):
        head = phrase_after(s, j) if j + 1 < len(s) and not s.stop_between(i, j) else None
        if head is not None and head != i:
            found.append(head)
    return sorted(found, key=lambda j: abs(j - i))


@function("so-that")
def so_that(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« que » of a consecutive (« tellement peur que … », « si fort que … », « au point de … »)."""
    for j in range(i + 1, len(s)):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] == "point" and s.forms[j - 1] == "au":
            return [j]
        if s.forms[j] in ("que", "qu'") and any(
            (
                s.forms[k] in ("tellement", "tant", "telle", "tel")
                or (s.forms[k] == "si" and k < j - 1 and not s.is_a(k + 1, "subject_clitics", "determiners"))
            )
            for k in range(max(i - 6, 0), j)
        ):
            return [j]
    return []


@function("so-much")
def so_much(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« je n'osais plus respirer, tant j'étais heureuse »: *tant* or *tellement*; what stands before it is the consequence."""
    for v in (i, *governor(s, i, frozenset())):
        start = verb_group(s, v).start
        if start > 1 and s.forms[start - 1] in ("tant", "tellement"):
            return [start - 1]
    return []


@function("cleft")
def cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ce qui m’a blessé, c’est X »: the last copula « c’est »; what follows it is the cause."""
    if opposed := its_cleft(s, i, frozenset()):  # « ce n'est pas A qui me révolte, c'est B »
        later = [j + 1 for j in range(i + 1, len(s) - 1) if s.forms[j] in ("c'", "ce") and s.forms[j + 1] in ("est", "était")]
        return later[-1:] if "pas" in s.forms[opposed[0] : opposed[0] + 2] else []
    starts = [j for j in range(max(i - 8, 0), i) if s.forms[j] == "ce" and s.forms[j + 1] in ("qui", "que", "qu'", "dont")]
    if not starts:
        return []
    return [j + 1 for j in range(len(s) - 2, i, -1) if s.forms[j] in ("c'", "ce") and s.forms[j + 1] in ("est", "était", "fut", "sont")][:1]


@function("its-cleft")
def its_cleft(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« c’est X qui m’énerve », « c’est en rangeant que … »: the copula of the cleft before the token."""
    for j in range(i - 1, max(i - 25, 0), -1):
        if s.forms[j] in STOPS:
            return []
        if s.forms[j] in ("est", "était", "sont") and s.forms[j - 1] in ("c'", "ce", "n'"):
            return [j] if any(s.forms[k] in ("qui", "que", "qu'") for k in range(j + 2, i)) else []
    return []


@function("extraposed")
def extraposed(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« ça me plaît de le voir courir », « ça m'amuse que … »: the infinitive or verb that *ça* stands for."""
    if not _subject_is_this(s, i):
        return []
    for j in range(i + 1, min(i + 5, len(s) - 1)):
        if s.forms[j] in ("de", "d'"):
            return [k for k in range(j + 1, min(j + 5, len(s))) if is_infinitive(s, k)][:1]
        if not s.is_a(j, "adverbs") and s.pos(j) not in ("ADV", "NOUN"):
            break
    return that(s, i, frozenset())


@function("dislocated")
def dislocated(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« que mademoiselle boude, ça m'amuse »: the first word of what stands before *ça* and its comma."""
    found = _subject_is_this(s, i)
    if not found or found[0] < 2 or s.forms[found[0] - 1] != ",":
        return []
    first = found[0] - 1
    while first > 0 and s.forms[first - 1] not in (*STOPS, ",", "mais", "et"):
        first -= 1
    return [first] if first < found[0] - 1 else []


def _subject_is_this(s: Sentence, i: int) -> list[int]:
    return [j for j in subject(s, i, frozenset()) if s.forms[j] in ("ça", "ca", "cela", "c'", "ce")]


@function("if-clause")
def if_clause(s: Sentence, i: int, _: frozenset[str]) -> list[int]:
    """« si » of a condition, beside a verb in the conditional or the future."""
    return [
        j for j in range(len(s) - 1)
        if s.forms[j] in ("si", "s'") and not s.stop_between(i, j)
        and (s.is_a(j + 1, "subject_clitics", "determiners") or s.pos(j + 1) == "PROPN")
        and (j == 0 or s.forms[j - 1] in (",", "que", "qu'", "et", "même", "mais") or j > i)
    ]  # fmt: skip
